"""The article's text with its claims marked where they stand."""

from collections import defaultdict

from rich.text import Text

from bot.report import Claim, Report
from handlers.printable import make_printable

_COLOURS = ("red", "yellow", "yellow", "cyan", "green", "green")


def render_annotated(report: Report, *, brackets: bool) -> Text:
    """The text, every quote and mention of a claim underlined and followed by its id and grade: [c1 ▮2].

    `brackets` sets the marked words in square brackets, for output that cannot underline.
    """
    text = report.document.text
    openings: dict[int, int] = defaultdict(int)
    closings: dict[int, list[Claim]] = defaultdict(list)
    for claim in report.claims:
        for span in (claim.quote, *claim.mentions):
            openings[span.start] += 1
            closings[span.end].append(claim)
    shown = Text()
    depth = 0
    edges = sorted({0, len(text), *openings, *closings})
    for edge, following in zip(edges, (*edges[1:], len(text)), strict=True):
        for claim in closings[edge]:
            shown.append(("]" if brackets else "") + f" [{claim.id} ▮{int(claim.grade)}]", style=_COLOURS[claim.grade])
            depth -= 1
        depth += openings[edge]
        shown.append("[" * openings[edge] if brackets else "")
        shown.append(make_printable(text[edge:following]), style="underline" if depth else "")
    return shown
