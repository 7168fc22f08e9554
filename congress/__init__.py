"""Paperless Congress."""
