"""What Markdown says beside the report itself; that articles stay words there is tested with the terminal's output."""

import dataclasses

from handlers.markdown import render_markdown
from handlers.wording import word_card
from tests.report_samples import seed_report


def test_the_age_of_a_check_and_what_has_changed_stand_before_the_claims() -> None:
    card = dataclasses.replace(
        word_card(seed_report(), given="seed"), stored="The page has changed.", changes=("New claim c9: “*x*”",)
    )
    text = render_markdown(card, everything=False)
    assert text.index("The page has changed.") < text.index("### What has changed") < text.index("### Check first")
    assert "- New claim c9: “\\*x\\*”" in text


def test_a_persons_grade_stands_under_its_claim() -> None:
    card = word_card(seed_report(), given="seed")
    line = dataclasses.replace(card.key[0], overruled="Ann set this to 5 (was 1): it is *public*.")
    text = render_markdown(dataclasses.replace(card, key=(line,)), everything=False)
    assert "  - **Ann set this to 5 \\(was 1\\): it is \\*public\\*.**" in text
