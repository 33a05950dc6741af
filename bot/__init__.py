"""The core: a link or a text in, a graded report out. Knows nothing of chat platforms or terminals."""
