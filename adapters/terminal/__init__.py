"""The bot in a terminal: the `claimcheck` command."""
