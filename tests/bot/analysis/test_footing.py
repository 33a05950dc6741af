"""From a sentence to kind and grade, through the whole analysis: the rubric's table, a row a sentence."""

import pytest

from bot.analysis import check
from bot.reading import read_text
from bot.report import SourceKind

_AROUND = (
    "Orven news of the week\n\n{}\n\nThe harbour town of Orven lies on the northern coast. It has a market, "
    "two schools and a long pier that was built in 1904."
)


@pytest.mark.parametrize(
    ("sentence", "kind", "grade"),
    [
        (
            "The bridge over the Orven is unsafe, according to a report published by the Transport Board on 4 May.",
            SourceKind.DOCUMENT,
            5,
        ),
        (
            "A study in the Journal of Coastal Science found that the pier loses two metres of sand a year.",
            SourceKind.DOCUMENT,
            4,
        ),
        ("Court documents show that the firm paid the mayor 40,000 euros in 2019.", SourceKind.DOCUMENT, 4),
        ("Figures from the Fisheries Ministry show that catches fell by a fifth last year.", SourceKind.DOCUMENT, 4),
        ("The indictment says that the mayor took 40,000 euros from the firm.", SourceKind.DOCUMENT, 4),
        ("Studies show that gulls eat more plastic than fish.", SourceKind.DOCUMENT, 3),
        ("Figures reveal that rents doubled in five years.", SourceKind.DOCUMENT, 3),
        ("Video footage shows the ferry hitting the pier at full speed on Monday.", SourceKind.DOCUMENT, 3),
        ("Our reporter counted 40 boats in the harbour on Monday.", SourceKind.OWN_REPORTING, 5),
        ("Mayor Ana Kovac said the council had closed the bridge on Monday.", SourceKind.NAMED_PERSON, 4),
        ("“I closed the bridge myself on Monday,” said Tom Berry, a harbour pilot.", SourceKind.NAMED_PERSON, 4),
        (
            "In a letter to the council, Ana Kovac wrote that she had sold the quay in March.",
            SourceKind.NAMED_PERSON,
            4,
        ),
        (
            "Dr. Lena Voss, lead author of the study, said the team had found lead in 30 wells.",
            SourceKind.NAMED_PERSON,
            4,
        ),
        (
            "Jan Holub, an analyst at Baltic Research, said the company had lost half its clients.",
            SourceKind.NAMED_PERSON,
            3,
        ),
        (
            "Opposition leader Rita Mann said the mayor had taken 40,000 euros from the firm.",
            SourceKind.NAMED_PERSON,
            3,
        ),
        ("Lara Stone accused the mayor of taking 40,000 euros from the firm.", SourceKind.NAMED_PERSON, 3),
        (
            "Dr. Lena Voss, who was not involved in the study, said the wells had been poisoned for years.",
            SourceKind.NAMED_PERSON,
            3,
        ),
        ("Police said they had arrested two men over the fire.", SourceKind.NAMED_ORGANIZATION, 4),
        ("The Health Agency said 14 people had caught measles in Orven.", SourceKind.NAMED_ORGANIZATION, 4),
        ("Greyfield Homes said it would build 300 flats on the quay.", SourceKind.NAMED_ORGANIZATION, 4),
        (
            "A spokesman for the Harbour Board said the pier had been closed on Monday.",
            SourceKind.NAMED_ORGANIZATION,
            4,
        ),
        ("The White House said the president had signed the order on Friday.", SourceKind.NAMED_ORGANIZATION, 4),
        ("Prosecutors said the mayor took 40,000 euros from the firm.", SourceKind.NAMED_ORGANIZATION, 4),
        ("The World Health Organization said 14 people in Orven had caught measles.", SourceKind.NAMED_ORGANIZATION, 4),
        ("The Reform Party said the mayor had wasted 2 million euros on the pier.", SourceKind.NAMED_ORGANIZATION, 3),
        (
            "A senior official, who spoke on condition of anonymity, said the bridge had been closed for months.",
            SourceKind.ANONYMOUS,
            2,
        ),
        ("People familiar with the talks said the firm had offered 3 million euros.", SourceKind.ANONYMOUS, 2),
        ("Sources said the firm had offered 3 million euros.", SourceKind.ANONYMOUS, 1),
        ("A witness said the ferry hit the pier at full speed.", SourceKind.UNNAMED_PERSON, 2),
        ("A police officer at the scene said two men had been arrested.", SourceKind.UNNAMED_PERSON, 2),
        ("The mayor wrote on Facebook that she had closed the bridge.", SourceKind.UNNAMED_PERSON, 2),
        ("His mother said he had left Orven on Monday.", SourceKind.UNNAMED_PERSON, 2),
        ("Six current employees said the firm had hidden the accounts.", SourceKind.UNNAMED_GROUP, 2),
        ("Experts say the pier lost half its sand in ten years.", SourceKind.UNNAMED_GROUP, 1),
        ("Residents said the ferry hit the pier at full speed.", SourceKind.UNNAMED_GROUP, 1),
        ("Critics say the mayor sold the quay for half its value.", SourceKind.UNNAMED_GROUP, 1),
        ("Engineers warned that the dam above Orven leaks in three places.", SourceKind.UNNAMED_GROUP, 1),
        ("Officials said the bridge would be closed until June.", SourceKind.UNNAMED_GROUP, 1),
        ("Investigators said the ferry hit the pier at full speed.", SourceKind.UNNAMED_GROUP, 1),
        (
            "Tom Berry said he had been told by officials that the ferry had sunk on Monday.",
            SourceKind.UNNAMED_GROUP,
            1,
        ),
        ("Reuters reported that the firm had offered 3 million euros.", SourceKind.NEWS_OUTLET, 1),
        ("State media reported that the ferry had sunk.", SourceKind.NEWS_OUTLET, 1),
        ("It is understood that the firm offered 3 million euros.", SourceKind.UNSPECIFIED, 1),
        ("The firm reportedly offered 3 million euros for the quay.", SourceKind.UNSPECIFIED, 1),
        ("The mayor is accused of taking 40,000 euros from the firm.", SourceKind.UNSPECIFIED, 1),
        ("The ferry is thought to have hit the pier at full speed.", SourceKind.UNSPECIFIED, 1),
        ("The ferry hit the pier at full speed on Monday.", SourceKind.NONE, 0),
        ("An estimated 3,000 gulls nest on the pier.", SourceKind.NONE, 0),
    ],
)
def test_the_source_of_a_sentence_has_the_kind_and_the_grade_of_the_rubric(
    sentence: str, kind: SourceKind, grade: int
) -> None:
    report = check(read_text(_AROUND.format(sentence)))
    at = report.document.text.index(sentence)
    found = [(c.kind, int(c.grade)) for c in report.claims if at <= c.quote.start < at + len(sentence)]
    assert found == [(kind, grade)]


def test_what_a_source_told_an_outlet_that_the_text_cites_is_one_lower() -> None:
    text = "“The ferry hit the pier,” pilot Tom Berry told Reuters. Reuters said on Monday that the ferry had sunk."
    report = check(read_text(_AROUND.format(text)))
    (hit,) = (c for c in report.claims if "hit the pier" in c.claim)
    assert [h.kind for h in hit.chain] == [SourceKind.NEWS_OUTLET, SourceKind.NAMED_PERSON]
    assert hit.grade in {2, 3}
    assert any("another outlet" in r.text for r in hit.reasons)
