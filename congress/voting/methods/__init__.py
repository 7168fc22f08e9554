"""Ballot papers: which boxes each method prints, what makes one valid, and how they are counted."""
