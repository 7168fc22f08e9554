"""Counting ranked ballots: the single transferable vote, every stage traced."""
