"""Content cut off in the middle of a clause."""

from bot.analysis.contents import complete_contents
from tests.bot.analysis.building import Grown, grow

SAID = (
    "Lee/NNP/nsubj said/VBD the/DT/det/dam dam/NN/nsubj/leaked leaked/VBD/ccomp/said and/CC/cc/leaked "
    "it/PRP/nsubjpass/closed was/VBD/auxpass/closed closed/VBN/conj/leaked at/IN/prep/closed noon/NN/pobj/at ."
)


def completed(grown: Grown, content: str) -> str:
    (found,) = complete_contents(grown.article, grown.trees, [grown.found(content, source="Lee", cue="said")])
    return found.content[-1].text_in(grown.article.text)


def test_a_content_that_ends_with_a_subject_goes_on_to_the_end_of_its_clause() -> None:
    assert completed(grow(SAID), "the dam leaked and it") == "the dam leaked and it was closed at noon"


def test_a_content_that_ends_otherwise_stays_as_it_is() -> None:
    assert completed(grow(SAID), "the dam leaked") == "the dam leaked"


def test_an_attribution_without_content_is_passed_on() -> None:
    grown = grow(SAID)
    found = grown.found(source="Lee", cue="said")
    assert list(complete_contents(grown.article, grown.trees, [found])) == [found]
