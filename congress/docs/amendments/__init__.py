"""Amendments to a paper: who proposes which words for which paragraph, and what became of it."""
