"""The core: a link or a text in, a graded report out. Knows nothing of chat platforms or terminals."""

__version__ = "0.1.0"
