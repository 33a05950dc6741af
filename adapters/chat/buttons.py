"""Which actions a card offers, and what stands on the buttons."""

from adapters.chat.blocks import Button, Menu
from adapters.chat.packing import cut
from adapters.chat.visible import make_visible
from handlers.actions import Action, ActionKind
from handlers.commands import ExportFormat
from handlers.reply import Card, ClaimLine

LONGEST_LABEL = 75  # Slack's buttons; Discord allows 80, and 100 in a menu
MOST_ENTRIES = 25  # of a menu on Discord; Slack allows 100

_FORMATS = {ExportFormat.MARKDOWN: "Markdown", ExportFormat.JSON: "JSON", ExportFormat.CSV: "CSV (for a spreadsheet)"}


def offer_buttons(card: Card) -> tuple[Button, ...]:
    """The buttons under a card; none where it is not stored, since a button names a stored report."""
    if card.report_id is None:
        return ()
    count = len(card.key) + len(card.rest)
    labels = {
        ActionKind.SHOW_ALL: f"Show all {count} claims",
        ActionKind.SOURCES: "Sources",
        ActionKind.AGAIN: "Check again",
        ActionKind.OVERRULE: "Overrule…",
        ActionKind.NOT_USEFUL: "Not useful…",
        ActionKind.SETTINGS: "Settings…",
    }
    left_out = {ActionKind.SHOW_ALL} if card.everything or count == 0 else set()
    if count == 0:
        left_out |= {ActionKind.SOURCES, ActionKind.OVERRULE}
    if card.report.document.url is None:
        left_out.add(ActionKind.AGAIN)  # a pasted text has no newer version to fetch
    report = card.report_id
    return tuple(
        Button(label=label, action=Action(kind=kind, report=report))
        for kind, label in labels.items()
        if kind not in left_out
    )


def offer_menus(card: Card) -> tuple[Menu, ...]:
    """Why each claim has its grade, and in which form the report can be had; of many claims the first MOST_ENTRIES."""
    if card.report_id is None:
        return ()
    report = card.report_id
    export = Menu(
        label="Export…",
        entries=tuple(
            Button(label=label, action=Action(kind=ActionKind.EXPORT, report=report, argument=form))
            for form, label in _FORMATS.items()
        ),
    )
    claims = (*card.key, *card.rest)[:MOST_ENTRIES]
    if not claims:
        return (export,)
    entries = tuple(
        Button(label=name_claim(claim), action=Action(kind=ActionKind.WHY, report=report, argument=claim.id))
        for claim in claims
    )
    count = len(card.key) + len(card.rest)
    label = (
        "Why this grade?" if count <= MOST_ENTRIES else f"Why this grade? ({MOST_ENTRIES} of {count}; “why N” for all)"
    )
    return (Menu(label=label, entries=entries), export)


def name_claim(claim: ClaimLine) -> str:
    """A claim on a button or in a list: number, grade and first words."""
    return cut(f"{claim.number} · {claim.grade}/5 · {make_visible(claim.claim)}", longest=LONGEST_LABEL)
