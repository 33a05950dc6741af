import pytest

from bot.analysis.attributions import CueClass, FoundAttribution, classify_cue
from bot.analysis.parsing import Article
from bot.analysis.span_finder import complete_tagged, find_attributions
from bot.analysis.tagger.model import load_tagger
from bot.analysis.tagger.spans import TaggedSpans
from bot.document import Span
from tests.bot.analysis.articles import parse, span_of


def _shown(article: Article, found: FoundAttribution) -> tuple[str, str, tuple[str, ...], CueClass]:
    source, cue = (span.text_in(article.text) if span else "" for span in (found.source, found.cue))
    return source, cue, tuple(c.text_in(article.text) for c in found.content), found.cue_class


def _tagged(text: str, *, source: str | None, cue: str, content: tuple[str, ...]) -> TaggedSpans:
    return TaggedSpans(
        source=span_of(text, source) if source else None,
        cue=span_of(text, cue),
        content=tuple(span_of(text, c) for c in content),
        certainty=0.9,
    )


@pytest.mark.parametrize(
    ("text", "source", "quotation"),
    [
        ("“The bridge is not safe,” Dana Holt said.", "Dana Holt", "The bridge is not safe"),
        ('"The bridge is not safe," Dana Holt said.', "Dana Holt", "The bridge is not safe"),
        ("‘The bridge is not safe,’ Dana Holt said.", "Dana Holt", "The bridge is not safe"),
        ('“The bridge is not safe," Dana Holt said.', "Dana Holt", "The bridge is not safe"),
        ("Dana Holt told reporters on Monday that the bridge is not safe.", "Dana Holt", "the bridge is not safe"),
        ("According to the ministry, the bridge is not safe.", "the ministry", "the bridge is not safe"),
        ("The bridge is not safe, officials said.", "officials", "The bridge is not safe"),
    ],
)
def test_speech_is_found_however_it_is_marked(text: str, source: str, quotation: str) -> None:
    article = parse(text)
    found = [_shown(article, f) for f in find_attributions(article, load_tagger().read(article))]
    assert any(s == source and quotation in " ".join(content) for s, _, content, _ in found), found


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        (
            "It is understood that the minister sold her house.",
            "It is understood",
            "the minister sold her house",
        ),
        ("The deal was reportedly worth $3m.", "reportedly", "The deal was reportedly worth $3m"),
        ("She is thought to have left in May.", "is thought to", "She is thought to have left in May"),
        (
            "The mayor has been accused of taking bribes.",
            "has been accused of",
            "The mayor has been accused of taking bribes",
        ),
        ("The dam held, but the road is believed to be closed.", "is believed to", "the road is believed to be closed"),
    ],
)
def test_a_cue_with_nobody_behind_it_is_unspecified(text: str, cue: str, content: str) -> None:
    article = parse(text)
    [found] = complete_tagged(article, ())
    shown = _shown(article, found)
    assert shown[0] == ""
    assert shown[1].startswith(cue)
    assert content in shown[2][0]
    assert shown[3] is CueClass.UNSPECIFIED


def test_a_hedge_inside_what_somebody_says_is_no_attribution_of_its_own() -> None:
    text = "Police said the man was reportedly armed."
    tagged = _tagged(text, source="Police", cue="said", content=("the man was reportedly armed",))
    assert len(complete_tagged(parse(text), [tagged])) == 1


def test_the_subject_of_a_passive_is_not_its_source() -> None:
    text = "She is thought to have left in May."
    tagged = _tagged(text, source="She", cue="is thought", content=("have left in May",))
    [found] = complete_tagged(parse(text), [tagged])
    assert found.source is None
    assert found.content[0].text_in(text) == "She is thought to have left in May"


def test_what_opens_with_that_is_content_from_there_on() -> None:
    text = "Holt said that the dam leaks."
    [found] = complete_tagged(parse(text), [_tagged(text, source="Holt", cue="said", content=("that the dam leaks",))])
    assert found.content[0].text_in(text) == "the dam leaks"


def test_whom_a_report_cites_is_no_part_of_what_it_says() -> None:
    text = "The Courier, citing two port workers, said the fleet had left."
    content = ("two port workers", "the fleet had left")
    [found] = complete_tagged(parse(text), [_tagged(text, source="The Courier", cue="citing", content=content)])
    assert [c.text_in(text) for c in found.content] == ["the fleet had left"]


@pytest.mark.parametrize(
    ("text", "cue", "content", "reported"),
    [
        ("Critics backed the move.", "backed", "the move", False),
        ("The army imposed a curfew.", "imposed", "a curfew", False),
        ("Critics mocked the move as “the worst plan in years”.", "mocked", "“the worst plan in years”", True),
        ("Critics said the move was bad.", "said", "the move was bad", True),
    ],
)
def test_acts_are_told_from_reports_unless_their_words_are_quoted(
    text: str, cue: str, content: str, *, reported: bool
) -> None:
    tagged = _tagged(text, source=text.split(maxsplit=1)[0], cue=cue, content=(content,))
    [found] = complete_tagged(parse(text), [tagged])
    assert found.reported is reported


@pytest.mark.parametrize(
    ("cue", "cue_class"),
    [
        ("said", CueClass.SAY),
        ("has repeatedly said", CueClass.SAY),
        (":", CueClass.SAY),
        ("tweeted", CueClass.SAY),
        ("made it clear", CueClass.SAY),
        ("According to", CueClass.ACCORDING),
        ("denied", CueClass.DENY),
        ("ruled out", CueClass.DENY),
        ("accused", CueClass.ACCUSE),
        ("found", CueClass.SAY),
        ("shows", CueClass.SHOW),
        ("believes", CueClass.THINK),
        ("urged", CueClass.ASK),
        ("describes", CueClass.CALL),
        ("allegations", CueClass.NOUN),
        ("is understood to", CueClass.UNSPECIFIED),
        ("it’s not clear", CueClass.ACT),
        ("declined to say", CueClass.ACT),
        ("did not comment", CueClass.ACT),
        ("endorsed", CueClass.ACT),
        ("took responsibility for", CueClass.SAY),
        ("issued a statement accusing", CueClass.ACCUSE),
        ("wrote denying", CueClass.DENY),
    ],
)
def test_a_cue_has_the_class_of_its_first_known_word(cue: str, cue_class: CueClass) -> None:
    assert classify_cue(cue) is cue_class


def test_an_empty_article_has_no_attributions() -> None:
    assert find_attributions(parse(""), load_tagger().read(parse(""))) == ()


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Repairs cost $3m, according to the Dam Board.", "the Dam Board", "Repairs cost $3m"),
        ("According to a report by the Dam Board, repairs cost $3m.", "a report by the Dam Board", "repairs cost $3m"),
        ("The road is shut, but it will open soon, according to two drivers.", "two drivers", "it will open soon"),
    ],
)
def test_according_to_is_found_where_the_tagger_misses_it(text: str, source: str, content: str) -> None:
    article = parse(text)
    [found] = complete_tagged(article, ())
    assert _shown(article, found) == (
        source,
        found.cue.text_in(text) if found.cue else "",
        (content,),
        CueClass.ACCORDING,
    )


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The firm owns 40 ferries, per shipping records.", "shipping records", "per", "The firm owns 40 ferries"),
        (
            "The firm pays £2m a year, a copy of its lease shows.",
            "a copy of its lease",
            "shows",
            "The firm pays £2m a year",
        ),
        (
            "The gate broke twice, as board figures released to the Echo show.",
            "board figures released to the Echo",
            "show",
            "The gate broke twice",
        ),
    ],
)
def test_a_record_at_the_end_of_a_sentence_is_the_source_of_what_stands_before_it(
    text: str, source: str, cue: str, content: str
) -> None:
    article = parse(text)
    assert [_shown(article, f)[:3] for f in complete_tagged(article, ())] == [(source, cue, (content,))]


@pytest.mark.parametrize(
    "text",
    [
        "The pump costs 40 euros per day.",
        "The gate broke twice, and nobody knew what the report said.",
        "The gate broke twice, the farm shows.",
        "After the flood, the figures show.",
    ],
)
def test_a_rate_a_clause_and_what_is_no_record_are_no_sources_of_it(text: str) -> None:
    assert complete_tagged(parse(text), ()) == ()


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("It's understood the ferry will be sold.", "It's understood"),
        ("It was gathered that the ferry will be sold.", "It was gathered"),
        ("As the story goes, the ferry was lost at cards.", "As the story goes"),
    ],
)
def test_what_is_told_by_nobody_is_found_in_its_common_wordings(text: str, cue: str) -> None:
    article = parse(text)
    assert [_shown(article, f)[:2] for f in complete_tagged(article, ())] == [("", cue)]


def test_according_to_inside_a_quotation_is_no_attribution_of_the_article() -> None:
    assert complete_tagged(parse("A sign read “closed, according to the law of the land”."), ()) == ()


def test_a_trailing_tag_never_reaches_back_over_plain_sentences_but_over_those_of_its_quotation() -> None:
    text = "The gate froze. The dam broke, police said. “It is over. We can go home,” Dana Holt said."
    article = parse(text)
    police = _tagged(text, source="police", cue="said", content=("The gate froze", "The dam broke"))
    assert [_shown(article, f)[2] for f in complete_tagged(article, [police])] == [("The dam broke",)]
    quoted = TaggedSpans(
        source=span_of(text, "Dana Holt"),
        cue=span_of(text, "said."),
        content=(span_of(text, "“It is over. We can go home,”"),),
        certainty=0.9,
    )
    assert [_shown(article, f)[2] for f in complete_tagged(article, [quoted])] == [("“It is over. We can go home,”",)]


def test_the_comma_that_closes_a_source_is_no_part_of_it() -> None:
    text = "Two managers, who were not named, said that the dam broke."
    found = complete_tagged(
        parse(text), [_tagged(text, source="Two managers,", cue="said", content=("the dam broke",))]
    )
    assert [f.source for f in found] == [span_of(text, "Two managers")]


def test_what_happened_as_expected_is_said_by_nobody() -> None:
    text = "The bank held rates on Wednesday, as expected."
    tagged = _tagged(text, source=None, cue="expected", content=("The bank held rates on Wednesday", "as"))
    assert [f.reported for f in complete_tagged(parse(text), [tagged])] == [False]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Our reporter counted 40 boats in the harbour.", "Our reporter", "40 boats in the harbour"),
        ("AFP journalists saw soldiers leave at dawn.", "AFP journalists", "soldiers leave at dawn"),
        ("A reporter at the scene saw that the gate was open.", "A reporter at the scene", "the gate was open"),
        ("Our team heard three explosions there.", "Our team", "three explosions there"),
        ("In the old harbour, an Echo reporter saw boats on fire.", "an Echo reporter", "boats on fire"),
    ],
)
def test_what_the_outlets_own_people_saw_is_attributed_to_them(text: str, source: str, content: str) -> None:
    article = parse(text)
    assert [_shown(article, f)[::2] for f in complete_tagged(article, [])] == [(source, (content,))]


@pytest.mark.parametrize(
    "text",
    [
        "The film crew watched the game at home.",
        "Two journalists were hurt in the crash on Monday.",
        "The man who shot the reporter saw the gate.",
        "In the video a reporter saw the gate open.",
        "Our reporter saw it.",
    ],
)
def test_others_who_see_something_are_not_the_outlets_own_people(text: str) -> None:
    assert list(complete_tagged(parse(text), [])) == []


def test_what_is_allegedly_promised_has_nobody_behind_it() -> None:
    text = "The minister allegedly promised the job to his cousin."
    tagged = _tagged(text, source="The minister", cue="allegedly promised", content=("the job to his cousin",))
    article = parse(text)
    assert [_shown(article, f) for f in complete_tagged(article, [tagged])] == [
        ("", "allegedly", ("The minister allegedly promised the job to his cousin",), CueClass.UNSPECIFIED)
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "reported"),
    [
        ("The choir sang “We will meet again”.", "The choir", "sang", "“We will meet again”", False),
        ("The crew named their boat “The Old Lady”.", "The crew", "named", "“The Old Lady”", False),
        ("Holt had read an article about the dam.", "Holt", "had read", "an article about the dam", False),
        ("The term refers to a leak in the dam.", "The term", "refers to", "a leak in the dam", False),
        ("Holt referred to it as a total loss.", "Holt", "referred to", "it as a total loss", True),
        (
            "The mould has been reported in Kent and four counties.",
            "Kent and four counties",
            "has been reported",
            "The mould",
            False,
        ),
        ("The leak has been reported by engineers.", "engineers", "has been reported", "The leak", True),
        ("The leak has been reported in the Courier.", "the Courier", "has been reported", "The leak", True),
        ("The neighbours heard that the dam had leaked.", "The neighbours", "heard", "the dam had leaked", False),
    ],
)
def test_performing_reading_meaning_hearing_and_places_report_nothing(
    text: str, source: str, cue: str, content: str, *, reported: bool
) -> None:
    [found] = complete_tagged(parse(text), [_tagged(text, source=source, cue=cue, content=(content,))])
    assert found.reported is reported


@pytest.mark.parametrize(
    ("source", "cue"), [("The court", "heard"), ("An inquest", "has heard"), ("The jury", "was told")]
)
def test_what_a_court_hears_is_said_by_nobody_that_the_text_shows(source: str, cue: str) -> None:
    text = f"{source} {cue} that the dam had leaked."
    [found] = complete_tagged(parse(text), [_tagged(text, source=source, cue=cue, content=("the dam had leaked",))])
    assert _shown(parse(text), found) == ("", f"{source} {cue}", ("the dam had leaked",), CueClass.SAY)


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Local media put the toll at 51.", "Local media", "the toll at 51"),
        ("Two farms are gone after the flood.\n— Lee Farms (@leefarms) May 3, 2019", "Lee Farms", "Two farms are gone"),
        ("The firm denied these claims:\nNobody was made to work.", "The firm", "Nobody was made to work."),
    ],
)
def test_what_the_tagger_leaves_out_is_added_from_grammar_signatures_and_colons(
    text: str, source: str, content: str
) -> None:
    article = parse(text)
    found = [_shown(article, f) for f in find_attributions(article, load_tagger().read(article))]
    assert any(s == source and content in " ".join(contents) for s, _, contents, _ in found), found


def test_what_is_cited_is_told_by_whoever_cites_it_only_where_it_shows_something() -> None:
    text = "Lee cited a study showing that the dam leaks. Brook cited a study."
    tagged = [
        _tagged(text, source="Lee", cue="cited", content=("a study showing that the dam leaks",)),
        TaggedSpans(
            source=span_of(text, "Brook"),
            cue=Span(start=text.rindex("cited"), end=text.rindex("cited") + 5),
            content=(Span(start=text.rindex("a study"), end=text.rindex("a study") + 7),),
            certainty=0.9,
        ),
    ]
    assert [f.cue_class for f in complete_tagged(parse(text), tagged)] == [CueClass.SAY, CueClass.ACT]
