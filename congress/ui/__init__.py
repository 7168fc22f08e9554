"""The desktop shell. The only package that knows Qt."""
