"""A whole congress day on real input, to click through or to run by itself."""
