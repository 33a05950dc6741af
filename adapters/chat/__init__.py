"""What chat platforms share, free of any of them: how a reply is laid out, made to fit, and what it offers to click."""
