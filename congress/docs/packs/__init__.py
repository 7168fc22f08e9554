"""Sealed packs of papers for machines that are not the congress's own."""
