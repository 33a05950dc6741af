"""The bot on Discord: translation only. discord.py is imported here and nowhere else."""
