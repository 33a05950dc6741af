"""What a second check found changed, a sentence each, with the passages. Pure: values in, values out."""

from bot.comparison import compare
from bot.document import Document
from bot.report import Claim, Grade, Report
from handlers.wording import word_passage

_MOST = 12  # sentences; a page that was written anew shows in its report, not in a list of everything
_LONGEST_QUOTE = 160  # characters


def word_changes(before: Report, after: Report) -> tuple[str, ...]:
    """A sentence for every claim that appeared, changed its grade or vanished; empty where none did."""
    changes = compare(before, after)
    sentences = [
        *(
            f"New claim {claim.id}, grade {_grade(claim.grade)}: {_quote(claim, after.document)}"
            for claim in changes.appeared
        ),
        *(
            f"Claim {one.after.id} is now graded {_grade(one.after.grade)}, before {_grade(one.before.grade)}: "
            f"{_quote(one.after, after.document)}"
            for one in changes.regraded
        ),
        *(
            f"No longer there, before graded {_grade(claim.grade)}: {_quote(claim, before.document)}"
            for claim in changes.vanished
        ),
    ]
    more = len(sentences) - _MOST
    if more > 0:
        sentences[_MOST:] = [f"And {more} more changes of this kind."]
    if sentences and before.engine != after.engine:
        sentences.append("Between the two checks claimcheck itself has changed too, which may be why grades differ.")
    return tuple(sentences)


def _grade(grade: Grade) -> str:
    return f"{int(grade)} ({grade.label.lower()})"


def _quote(claim: Claim, document: Document) -> str:
    return word_passage(claim.quote, document).quoted(longest=_LONGEST_QUOTE)
