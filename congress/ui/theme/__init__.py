"""How everything looks: the tokens, and the fonts, icons and styles made from them."""
