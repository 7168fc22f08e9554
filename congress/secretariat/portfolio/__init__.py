"""The public papers of a congress as one book: EPUB for reading, PDF for printing."""
