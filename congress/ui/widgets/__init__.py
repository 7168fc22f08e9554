"""The components that every page is made of. Each takes the ``UiContext`` first."""
