"""Each flag where it belongs, and nowhere else."""

from pathlib import Path

import pytest

from bot.analysis.flags import find_flags
from bot.analysis.parsing import Article
from bot.report import Attribution, Claim, Flag, FlagKind, Grade, SourceKind
from tests.bot.analysis.flags.drafting import Source, anonymous, attribution, body, claim, draft, outlet, person

SEED = Path(__file__).parents[4] / "seeds" / "putin-crisis-diplomats-defect.txt"
REPORTEDLY = Source(words="reportedly", kind=SourceKind.UNSPECIFIED)


def flags(
    article: Article, kind: FlagKind, claims: list[Claim], attributions: list[Attribution] | None = None
) -> list[Flag]:
    return [f for f in find_flags(article, claims, attributions or []) if f.kind is kind]


def shown(article: Article, flag: Flag) -> list[str]:
    return [p.text_in(article.text) for p in flag.passages]


class TestHeadlineOverstates:
    def kinds(self, headline: str, sentence: str, quote: str, *sources: Source) -> list[Flag]:
        article = draft(headline, sentence)
        made = claim(article, quote, *sources, also=(headline[2:],))
        return flags(article, FlagKind.HEADLINE_OVERSTATES, [made])

    def test_a_flat_headline_on_what_an_unnamed_source_says(self) -> None:
        found = self.kinds(
            "# Mayor quits", "The mayor has quit, a source said.", "The mayor has quit", anonymous("a source")
        )
        assert [f.note for f in found] == ["The headline states flatly what rests on a source."]

    @pytest.mark.parametrize(
        "headline", ["# Mayor has quit, source says", "# Mayor reportedly quits", "# Has mayor quit?"]
    )
    def test_not_where_the_headline_itself_attributes_doubts_or_asks(self, headline: str) -> None:
        sentence = "The mayor has quit, a source said."
        assert self.kinds(headline, sentence, "The mayor has quit", anonymous("a source")) == []

    def test_not_where_a_named_source_stands_behind_it(self) -> None:
        sentence = "The mayor has quit, Ann Lee said."
        assert self.kinds("# Mayor quits", sentence, "The mayor has quit", person("Ann Lee")) == []

    def test_a_dropped_hedge(self) -> None:
        found = self.kinds(
            "# Mayor to quit", "The mayor may quit, Ann Lee said.", "The mayor may quit", person("Ann Lee")
        )
        assert "drops “may”" in found[0].note

    def test_a_dropped_bound(self) -> None:
        found = self.kinds(
            "# 40 ducks die", "Up to 40 ducks have died, Ann Lee said.", "Up to 40 ducks have died", person("Ann Lee")
        )
        assert "“40 ducks die”" in found[0].note or "“40 ducks”" in found[0].note

    def test_not_where_the_figure_and_its_bound_are_kept(self) -> None:
        sentence = "Up to 40 ducks have died, Ann Lee said."
        assert self.kinds("# Up to 40 ducks dead", sentence, "Up to 40 ducks have died", person("Ann Lee")) == []

    def test_a_stronger_word(self) -> None:
        sentence = "The army counted 40 losses, Ann Lee said."
        found = self.kinds("# 40 killed in army", sentence, "The army counted 40 losses", person("Ann Lee"))
        assert "“killed”, the text “losses”" in found[0].note

    @pytest.mark.parametrize(
        ("headline", "lead", "flagged"),
        [
            ("# Baker arrested over fire", "Police are questioning a man after a fire at a bakery.", True),
            ("# Bank boss fired", "Chief executive Ann Lee has resigned after an audit.", True),
            ("# Baker arrested over fire", "Police questioned a man. He was arrested at noon.", False),
            ("# Baker arrested, police say", "Police are questioning a man after a fire at a bakery.", False),
            ("# Baker questioned over fire", "Police are questioning a man after a fire at a bakery.", False),
        ],
    )
    def test_a_stronger_word_than_the_lead_has_where_no_claim_is_alike(
        self, headline: str, lead: str, *, flagged: bool
    ) -> None:
        article = draft(headline, lead)
        assert bool(flags(article, FlagKind.HEADLINE_OVERSTATES, [])) is flagged

    def test_a_caption_is_held_to_the_body_claim_most_like_it(self) -> None:
        article = draft(
            "# Harbour news", "The old harbour crane has collapsed, sources said.", "= The old harbour crane collapsed"
        )
        made = claim(article, "The old harbour crane has collapsed", anonymous("sources"))
        (flag,) = flags(article, FlagKind.HEADLINE_OVERSTATES, [made])
        assert flag.note.startswith("The caption")
        assert shown(article, flag)[0] == "The old harbour crane collapsed"

    def test_a_caption_printed_twice_is_flagged_once(self) -> None:
        caption = "= The old harbour crane collapsed"
        article = draft("# Harbour news", "The old harbour crane has collapsed, sources said.", caption, caption)
        made = claim(article, "The old harbour crane has collapsed", anonymous("sources"))
        assert len(flags(article, FlagKind.HEADLINE_OVERSTATES, [made])) == 1


class TestNumberDrift:
    def test_one_quantity_with_two_values_among_a_claims_mentions(self) -> None:
        article = draft("# Bridge costs £9m", "The bridge cost £8.8m, the council said.")
        made = claim(article, "The bridge cost £8.8m", body("the council"), also=("Bridge costs £9m",))
        (flag,) = flags(article, FlagKind.NUMBER_DRIFT, [made])
        assert shown(article, flag) == ["The bridge cost £8.8m", "Bridge costs £9m"]

    def test_one_quantity_with_two_bounds(self) -> None:
        article = draft("# 20 envoys left", "Possibly more than 20 envoys left, Ann Lee said.")
        made = claim(article, "Possibly more than 20 envoys left", person("Ann Lee"), also=("20 envoys left",))
        assert len(flags(article, FlagKind.NUMBER_DRIFT, [made])) == 1

    def test_two_sources_that_count_one_thing_differently(self) -> None:
        article = draft(
            "# March",
            "Police said 5,000 protesters marched in Elmton. Organisers said 7,000 protesters marched in Elmton.",
        )
        first = claim(article, "5,000 protesters marched in Elmton", body("Police"))
        second = claim(article, "7,000 protesters marched in Elmton", body("Organisers"))
        assert len(flags(article, FlagKind.NUMBER_DRIFT, [first, second])) == 1

    def test_not_where_the_values_agree(self) -> None:
        article = draft("# Bridge costs £9m", "The bridge cost £9m, the council said.")
        made = claim(article, "The bridge cost £9m", body("the council"), also=("Bridge costs £9m",))
        assert flags(article, FlagKind.NUMBER_DRIFT, [made]) == []

    def test_not_where_the_larger_is_the_sum_of_what_is_told(self) -> None:
        article = draft("# 900 sheep saved", "Farmers saved 700 sheep. Divers saved 200 sheep.")
        first = claim(article, "Farmers saved 700 sheep", also=("900 sheep saved",))
        second = claim(article, "Divers saved 200 sheep")
        assert flags(article, FlagKind.NUMBER_DRIFT, [first, second]) == []

    def test_not_between_different_things_counted(self) -> None:
        article = draft("# Fair", "The fair drew 400 farmers. The fair drew 500 horses.")
        claims = [claim(article, "The fair drew 400 farmers"), claim(article, "The fair drew 500 horses")]
        assert flags(article, FlagKind.NUMBER_DRIFT, claims) == []


class TestTolls:
    def drift(self, *sentences: str) -> list[Flag]:
        article = draft("# Ferry", " ".join(sentences))
        return flags(article, FlagKind.NUMBER_DRIFT, [claim(article, s[:-1]) for s in sentences])

    def test_one_event_whose_dead_are_counted_differently(self) -> None:
        (flag,) = self.drift(
            "At least 43 people had died.", "Divers found 38 bodies.", "Local media put the death toll at 51."
        )
        assert flag.note == ("The dead are counted in different ways: “At least 43 people” / “38 bodies” / “51”.")

    @pytest.mark.parametrize(
        "other",
        [
            "The coast guard said 43 people were dead.",
            "In 1998 a ferry sank and 50 people died.",
            "It was the worst fire since 60 people died there.",
            "Rescuers saved 50 people.",
            "The flood killed 900 people.",
            "Another 2 people died.",
        ],
    )
    def test_not_where_they_agree_or_count_something_else(self, other: str) -> None:
        assert self.drift("At least 43 people had died.", other) == []


class TestUnsourcedNumber:
    @pytest.mark.parametrize("figure", ["£40m", "14 percent of homes", "2,300 homes", "two-thirds of homes"])
    def test_a_figure_of_consequence_that_nobody_is_cited_for(self, figure: str) -> None:
        article = draft("# Flood", f"The flood took {figure}.")
        (flag,) = flags(article, FlagKind.UNSOURCED_NUMBER, [claim(article, f"The flood took {figure}")])
        assert figure in flag.note

    def test_a_long_sentence_does_not_hide_the_figure(self) -> None:
        told = (
            "The council, which met behind closed doors for most of a rainy Monday, agreed in the end to spend "
            "$412 million on a bridge that hardly anybody in the two villages beside the river had ever asked it for."
        )
        article = draft("# News", told)
        (flag,) = flags(article, FlagKind.UNSOURCED_NUMBER, [claim(article, told)])
        (passage,) = [p.text_in(article.text) for p in flag.passages]
        assert "$412 million on a bridge" in passage
        assert "behind closed doors" not in passage
        assert "asked" not in passage

    def test_a_sentence_with_two_figures_is_shown_once_and_whole(self) -> None:
        told = "The fire in the valley killed 312 people and left 2,450 homeless in the night before it was put out"
        article = draft("# News", f"{told}.")
        (flag,) = flags(article, FlagKind.UNSOURCED_NUMBER, [claim(article, told)])
        assert shown(article, flag) == [told]

    def test_a_few_dead_count_in_a_key_claim_only(self) -> None:
        article = draft("# Flood", "The flood left 7 dead.")
        quote = "The flood left 7 dead"
        assert flags(article, FlagKind.UNSOURCED_NUMBER, [claim(article, quote)])
        assert not flags(article, FlagKind.UNSOURCED_NUMBER, [claim(article, quote, key=False)])

    @pytest.mark.parametrize(
        "sentence",
        [
            "The flood came in 2019.",
            "The flood took 3 chairs.",
            "The flood lasted 300 minutes.",
            "The flood hit the 900 program.",
        ],
    )
    def test_not_for_dates_trifles_and_times(self, sentence: str) -> None:
        article = draft("# Flood", sentence)
        assert flags(article, FlagKind.UNSOURCED_NUMBER, [claim(article, sentence[:-1])]) == []

    def test_one_small_figure_in_passing_is_none_but_two_are(self) -> None:
        article = draft("# Flood", "The flood took 230 homes. It drowned 170 sheep.")
        one, two = (claim(article, q, key=False) for q in ("The flood took 230 homes", "It drowned 170 sheep"))
        assert flags(article, FlagKind.UNSOURCED_NUMBER, [one]) == []
        assert len(flags(article, FlagKind.UNSOURCED_NUMBER, [one, two])) == 1

    def test_not_for_ages(self) -> None:
        article = draft("# Raid", "Two men, aged 19 and 23, were killed. A boy, 9, was hurt.")
        made = [claim(article, "Two men, aged 19 and 23, were killed")]
        assert [f.note for f in flags(article, FlagKind.UNSOURCED_NUMBER, made) if "23" in f.note] == []

    def test_not_where_somebody_is_cited(self) -> None:
        article = draft("# Flood", "The flood took 2,300 homes, the council said.")
        made = claim(article, "The flood took 2,300 homes", body("the council"))
        assert flags(article, FlagKind.UNSOURCED_NUMBER, [made]) == []


class TestWordingDrift:
    def test_losses_become_deaths(self) -> None:
        article = draft("# War", "Around 9,000 troop losses are counted.", "= Around 9,000 troops have been killed")
        made = claim(article, "Around 9,000 troop losses are counted", also=("Around 9,000 troops have been killed",))
        (flag,) = flags(article, FlagKind.WORDING_DRIFT, [made])
        assert flag.note == "“losses” in one place, “killed” in another."

    def test_talks_become_a_fact_in_another_claim(self) -> None:
        article = draft(
            "# Film", "Ida Berg is in talks to direct the spy film. The spy film will be directed by Ida Berg."
        )
        claims = [
            claim(article, "Ida Berg is in talks to direct the spy film"),
            claim(article, "The spy film will be directed by Ida Berg"),
        ]
        assert len(flags(article, FlagKind.WORDING_DRIFT, claims)) == 1

    def test_not_between_claims_on_different_things(self) -> None:
        article = draft("# News", "The bank reported losses in May. A sailor was killed off Cape Wrath.")
        claims = [claim(article, "The bank reported losses"), claim(article, "A sailor was killed off Cape Wrath")]
        assert flags(article, FlagKind.WORDING_DRIFT, claims) == []

    def test_not_where_both_places_have_the_strong_word(self) -> None:
        article = draft("# Nine killed, others hurt", "Nine men were killed and others hurt.")
        made = claim(article, "Nine men were killed and others hurt", also=("Nine killed, others hurt",))
        assert flags(article, FlagKind.WORDING_DRIFT, [made]) == []


class TestProvenance:
    ARTICLE = draft(
        "# Plant shuts",
        "The plant shuts in May, Eva Holt told The Echo. Staff are paid off, Holt said. The site is sold, Holt said.",
        "I was told by senior people that the owner fled, Holt said. The union is angry, the union said.",
    )

    def key_claims(self, *quotes: str) -> list[Claim]:
        return [claim(self.ARTICLE, q, person("Eva Holt")) for q in quotes]

    def test_three_key_claims_on_one_origin(self) -> None:
        claims = self.key_claims("The plant shuts in May", "Staff are paid off", "The site is sold")
        (flag,) = flags(self.ARTICLE, FlagKind.SINGLE_ORIGIN, claims)
        assert flag.note == "All 3 attributed key claims rest on one origin: Eva Holt."

    def test_not_two(self) -> None:
        claims = self.key_claims("The plant shuts in May", "Staff are paid off")
        assert flags(self.ARTICLE, FlagKind.SINGLE_ORIGIN, claims) == []

    def test_not_where_they_are_no_more_than_half_of_those_attributed(self) -> None:
        claims = self.key_claims("The plant shuts in May", "Staff are paid off", "The site is sold")
        others = [claim(self.ARTICLE, q, body("the union")) for q in ("The union is angry", "the owner fled", "Staff")]
        assert flags(self.ARTICLE, FlagKind.SINGLE_ORIGIN, [*claims, *others]) == []

    def test_a_named_source_that_relays_unnamed_ones(self) -> None:
        made = claim(self.ARTICLE, "the owner fled", person("Eva Holt"), anonymous("senior people"))
        (flag,) = flags(self.ARTICLE, FlagKind.HEARSAY, [made])
        assert "senior people" in flag.note

    def test_no_hearsay_where_a_named_source_speaks_for_itself(self) -> None:
        assert flags(self.ARTICLE, FlagKind.HEARSAY, self.key_claims("The site is sold")) == []

    @pytest.mark.parametrize(("key", "count"), [(True, 1), (False, 0)])
    def test_a_key_claim_taken_from_another_outlet(self, *, key: bool, count: int) -> None:
        made = claim(self.ARTICLE, "The plant shuts in May", outlet("The Echo"), person("Eva Holt"), key=key)
        assert len(flags(self.ARTICLE, FlagKind.SECOND_HAND, [made])) == count


class TestOrphanQuote:
    def test_scare_quotes_that_nobody_speaks(self) -> None:
        article = draft("# Mayor's plan 'crumbling'", "The mayor's plan is “crumbling” after a vote.")
        (flag,) = flags(article, FlagKind.ORPHAN_QUOTE, [])
        assert flag.note == "Nobody in the text says “crumbling”."
        assert len(flag.passages) == 2

    def test_quoted_in_a_headline_that_names_a_speaker_but_not_said_below(self) -> None:
        article = draft(
            "# Mayor 'bungled' the dam, Ann Lee says", "Ann Lee says that the mayor built the dam too late."
        )
        said = attribution(article, "the mayor built the dam too late", person("Ann Lee"), "says")
        above = attribution(article, "Mayor 'bungled' the dam", person("Ann Lee"), "says")
        (flag,) = flags(article, FlagKind.ORPHAN_QUOTE, [], [above, said])
        assert flag.note == "Nobody in the text says “bungled”."

    def test_quoted_words_of_a_law_or_promise_that_nobody_cites(self) -> None:
        article = draft("# News", "The girls were let in because that would be a “lasting gain to all”.")
        (flag,) = flags(article, FlagKind.ORPHAN_QUOTE, [])
        assert flag.note == "Nobody in the text says “lasting gain to all”."

    @pytest.mark.parametrize(("words", "count"), [("open borrowing", 0), ("wagon", 0), ("borrowed", 1)])
    def test_a_term_in_the_body_is_none_but_a_word_that_describes_is(self, words: str, count: int) -> None:
        article = draft("# News", f"The library had “{words}” both volumes long before the fire.")
        assert len(flags(article, FlagKind.ORPHAN_QUOTE, [])) == count

    def test_not_where_somebody_says_it_below(self) -> None:
        article = draft("# Mayor's plan 'crumbling'", "The plan is crumbling, Ann Lee said.")
        said = attribution(article, "The plan is crumbling", person("Ann Lee"), "said")
        assert flags(article, FlagKind.ORPHAN_QUOTE, [], [said]) == []

    @pytest.mark.parametrize(
        "sentence",
        [
            "The tool, known as “the claw”, is sharp.",
            "She won a medal for “outstanding courage” in May.",
            "He starred in “Night of the Heron” last year.",
            "Marchers held signs reading “no more dams” outside.",
        ],
    )
    def test_not_for_names_titles_and_slogans(self, sentence: str) -> None:
        assert flags(draft("# News", sentence), FlagKind.ORPHAN_QUOTE, []) == []


class TestAnonymousOpinion:
    ARTICLE = draft("# Row", "He is a disgrace, an aide said. He left at noon, an aide said.")

    @pytest.mark.parametrize(("content", "count"), [("He is a disgrace", 1), ("He left at noon", 0)])
    def test_an_unnamed_source_that_judges_and_one_that_informs(self, content: str, count: int) -> None:
        said = attribution(self.ARTICLE, content, anonymous("an aide"), "said")
        assert len(flags(self.ARTICLE, FlagKind.ANONYMOUS_OPINION, [], [said])) == count

    def test_not_a_named_one(self) -> None:
        said = attribution(self.ARTICLE, "He is a disgrace", person("an aide"), "said")
        assert flags(self.ARTICLE, FlagKind.ANONYMOUS_OPINION, [], [said]) == []


class TestAccusedNotHeard:
    def test_what_prosecutors_say_of_somebody_named_asks_for_an_answer(self) -> None:
        told = "Ann Lee moved the money, prosecutor Bob Day told a jury."
        article = draft("# Trial", told)
        made = claim(article, "Ann Lee moved the money", person("Bob Day", title="prosecutor"))
        assert len(flags(article, FlagKind.ACCUSED_NOT_HEARD, [made])) == 1

    CHARGE = "Ann Lee accused Acme of fraud."

    def found(self, *more: str, speaker: str = "") -> list[Flag]:
        article = draft("# Row", self.CHARGE, *more)
        made = claim(article, "Acme of fraud", person("Ann Lee"), says="Acme committed fraud.")
        said = [attribution(article, "All is well", body(speaker), "said")] if speaker else []
        return flags(article, FlagKind.ACCUSED_NOT_HEARD, [made], said)

    def test_a_named_party_that_is_neither_heard_nor_asked(self) -> None:
        (flag,) = self.found()
        assert "Acme" in flag.note

    @pytest.mark.parametrize(
        "answer",
        [
            "Acme denied it.",
            "Acme did not respond to a request for comment.",
            "A spokesman for Acme declined to comment.",
        ],
    )
    def test_not_where_it_answers_or_was_asked(self, answer: str) -> None:
        assert self.found(answer) == []

    def test_not_where_it_speaks(self) -> None:
        assert self.found("All is well, Acme said.", speaker="Acme") == []

    @pytest.mark.parametrize(
        "says",
        [
            "Acme opposes fraud.",
            "Fraud is common in Acme.",
            "Fraud hit the town.",
            "Acme had been threatened twice.",
            "Acme was badly cheated.",
        ],
    )
    def test_not_who_is_against_it_or_suffers_it_or_where_it_happens(self, says: str) -> None:
        article = draft("# Row", "Acme is against fraud, Ann Lee said.")
        made = claim(article, "Acme is against fraud", person("Ann Lee"), says=says)
        assert flags(article, FlagKind.ACCUSED_NOT_HEARD, [made]) == []

    def test_who_did_it_where_the_party_that_suffers_is_named_first(self) -> None:
        article = draft("# Row", "Bern was threatened by Acme, Ann Lee said.")
        made = claim(article, "Bern was threatened by Acme", person("Ann Lee"))
        (flag,) = flags(article, FlagKind.ACCUSED_NOT_HEARD, [made])
        assert "of Acme" in flag.note

    def test_an_accusation_in_a_sentence_that_no_claim_holds(self) -> None:
        article = draft("# Row", "Residents blamed the Norton Mining Corporation for the mud.")
        (flag,) = flags(article, FlagKind.ACCUSED_NOT_HEARD, [])
        assert "Norton Mining Corporation" in flag.note


def test_a_well_sourced_article_gets_no_flag() -> None:
    article = draft("# Library reopens", "The library reopens on Monday, the council said. It is bigger, Ann Lee said.")
    claims = [
        claim(article, "The library reopens on Monday", body("the council"), also=("Library reopens",)),
        claim(article, "It is bigger", person("Ann Lee")),
    ]
    assert find_flags(article, claims, []) == ()


def test_the_same_article_gets_the_same_flags_in_the_same_order() -> None:
    article = draft("# 40 killed in army", "The army had 40 losses. It cost £4m. It is “finished”.")
    claims = [claim(article, "The army had 40 losses", also=("40 killed in army",)), claim(article, "It cost £4m")]
    found = find_flags(article, claims, [])
    assert found == find_flags(article, list(claims), [])
    assert [f.kind for f in found] == [
        FlagKind.HEADLINE_OVERSTATES,
        FlagKind.WORDING_DRIFT,
        FlagKind.ORPHAN_QUOTE,
        FlagKind.UNSOURCED_NUMBER,
    ]


def seed() -> tuple[Article, list[Claim]]:
    """The seed article with its main claims, marked up by hand."""
    lines = [line for line in SEED.read_text(encoding="utf-8").splitlines() if line.strip()]
    captions = {line for line in lines if lines.count(line) > 1}
    article = draft(*(f"# {x}" if n == 0 else f"= {x}" if x in captions else x for n, x in enumerate(lines)))
    mirror, jones = outlet("The Mirror"), person("Bruce Jones", title="Russia analyst")
    sources = anonymous("very senior and well-informed sources")
    return article, [
        claim(
            article, "in the background there are many more, possibly more than 20", mirror, jones, sources,
            says="More than 20 Russian diplomats and spies have defected.",
            also=("20 diplomats DEFECT from Moscow", "More than 20 Russian diplomats and spies have defected"),
        ),
        claim(
            article, 'Vladimir Putin’s regime is reportedly "crumbling’"', REPORTEDLY, key=False,
            also=("Desperate Russian president's regime 'crumbling'",), says="Putin's regime is crumbling.",
        ),
        claim(article, "they will be kept at home as collateral", mirror),
        claim(article, "One plan against more defections would be to hold show trials", mirror),
        claim(article, "Almost one million Russian citizens have now fled the country", key=False),
        claim(
            article, "there is around 110,000 troop losses in Ukraine's frontline",
            also=("Around 110,000 troops have been killed in the Ukraine frontline",),
        ),
        claim(article, "one Ukrainian strike killed as many as 500 troops", key=False),
    ]  # fmt: skip


class TestSeedArticle:
    def notes(self, kind: FlagKind) -> str:
        article, claims = seed()
        return " | ".join(f.note for f in flags(article, kind, claims))

    @pytest.mark.parametrize(
        ("kind", "words"),
        [
            (FlagKind.HEADLINE_OVERSTATES, "possibly more than 20"),
            (FlagKind.NUMBER_DRIFT, "possibly more than 20"),
            (FlagKind.WORDING_DRIFT, "“losses” in one place, “killed” in another"),
            (FlagKind.ORPHAN_QUOTE, "crumbling"),
            (FlagKind.ORPHAN_QUOTE, "Stalinist"),
            (FlagKind.UNSOURCED_NUMBER, "one million"),
            (FlagKind.UNSOURCED_NUMBER, "110,000"),
            (FlagKind.UNSOURCED_NUMBER, "500"),
            (FlagKind.SINGLE_ORIGIN, "through The Mirror"),
            (FlagKind.HEARSAY, "very senior and well-informed sources"),
            (FlagKind.SECOND_HAND, "The Mirror"),
        ],
    )
    def test_the_flags_a_desk_expects_come_out(self, kind: FlagKind, words: str) -> None:
        assert words in self.notes(kind)

    def test_every_flag_shows_at_least_one_passage(self) -> None:
        article, claims = seed()
        assert all(f.passages for f in find_flags(article, claims, []))


def test_grades_above_described_make_no_flat_headline() -> None:
    article = draft("# Mayor quits", "The mayor has quit, a clerk said.")
    clerk = Source(words="a clerk", kind=SourceKind.UNNAMED_PERSON)
    low = claim(article, "The mayor has quit", clerk, also=("Mayor quits",), grade=Grade.DESCRIBED)
    high = claim(article, "The mayor has quit", clerk, also=("Mayor quits",), grade=Grade.ON_RECORD)
    assert len(flags(article, FlagKind.HEADLINE_OVERSTATES, [low])) == 1
    assert flags(article, FlagKind.HEADLINE_OVERSTATES, [high]) == []
