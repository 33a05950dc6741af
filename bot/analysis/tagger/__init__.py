"""The trained tagger: from text to source, cue and content spans (see MODEL_CARD.md)."""
