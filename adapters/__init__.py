"""How people reach the bot. The only place that renders for a platform and reads the environment."""
