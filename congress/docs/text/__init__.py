"""Reads the text of a file: kind, pages, reading order, language."""
