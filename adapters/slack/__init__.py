"""The bot on Slack: translation only. slack-bolt and slack-sdk are imported here and nowhere else."""
