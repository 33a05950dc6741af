"""The seed article."""

from pathlib import Path

SEED_FILE = Path(__file__).parents[1] / "seeds" / "putin-crisis-diplomats-defect.txt"
SEED_TEXT = SEED_FILE.read_text(encoding="utf-8")
