"""Rule packs: how counts become a verdict, as validated data with worked examples."""
