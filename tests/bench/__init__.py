"""How fast it is: scripts that print medians and ratios, run by hand."""
