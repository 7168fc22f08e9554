"""Item models: frozen values as Qt's views want them."""
