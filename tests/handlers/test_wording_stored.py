"""Words on what is kept."""

import pytest

from bot.store.records import Forgotten
from handlers.wording_stored import word_forgotten


@pytest.mark.parametrize(
    ("forgotten", "told"),
    [
        (Forgotten(), "Of it, nothing is kept, so there was nothing to delete."),
        (Forgotten(documents=1), "Deleted of it: 1 article."),
        (Forgotten(documents=2, reports=3), "Deleted of it: 2 articles and 3 reports."),
        (
            Forgotten(requests=2, documents=1, reports=1, deliveries=2, reviews=1, settings=1, installations=1),
            "Deleted of it: 2 requests, 1 article, 1 report, 2 records of answers, 1 review, 1 setting and 1 ins",
        ),
    ],
)
def test_what_was_deleted_is_counted(forgotten: Forgotten, told: str) -> None:
    assert word_forgotten(forgotten, what="it").text.startswith(told)
