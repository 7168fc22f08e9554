"""The benchmarks that ``congress bench`` runs on data of the user's own."""
