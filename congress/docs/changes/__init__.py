"""What changed between two texts: paragraphs first, then the words inside them. Pure."""
