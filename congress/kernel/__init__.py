"""What every part of the congress shares: frozen values and pure functions, without I/O."""
