"""How the tagger's weights are made. Run by hand, never imported at run time (extra `train`)."""
