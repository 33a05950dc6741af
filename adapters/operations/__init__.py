"""What runs and watches the bot as a service: starting it, its log, its metrics, and a check of the installation."""
