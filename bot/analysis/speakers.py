"""One source at one place: who it is, on what footing it speaks, where the text names it."""

from dataclasses import dataclass

from bot.document import Span
from bot.report import SourceKind

NO_SOURCE = "no source stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Speakers with the same `key` are the same source.

    `name` is the fullest name the article gives; for the unnamed it is the descriptive phrase, for a spokesperson
    the body's name. `title` is role, affiliation or relation, gathered over all mentions. `span` is the mention here.
    """

    name: str
    kind: SourceKind
    title: str | None
    span: Span
    key: str
