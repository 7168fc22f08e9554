"""Reading scanned ballot papers: straightening a page, and telling what was marked.

A mark that is not plain is never guessed: it is uncertain, and two people decide it.
"""
