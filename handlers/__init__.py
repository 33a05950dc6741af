"""What the bot does when asked: platform-neutral requests in, platform-neutral replies out."""
