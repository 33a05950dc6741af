"""Pure analysis: `check(document) -> Report`. No I/O, no clock, no chance: same text, same report."""
