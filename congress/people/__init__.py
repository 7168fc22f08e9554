"""The list of the congress: importing it, keeping it, searching it."""
