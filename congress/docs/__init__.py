"""The library: papers, their versions, their text and the search through it."""
