"""Pure analysis: `check(document) -> Report`. No I/O, no clock, no chance: same text, same report."""

from bot.analysis.checking import check as check
