import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.document import Document, Role
from bot.errors import ClaimcheckError, EmptyText, TextTooShort, UnsupportedLanguage
from bot.reading import read_text
from tests.bot.reading.pages import FOURTH, PARAGRAPH, SECOND, THIRD

HEADLINE = "Old bridge to close after piers move"
BODY = f"{PARAGRAPH}\n\n{SECOND}\n\n{THIRD}"


def roles(document: Document) -> list[tuple[Role, str]]:
    return [(p.role, p.span.text_in(document.text)) for p in document.paragraphs]


def of(role: Role, text: str) -> list[str]:
    return [words for r, words in roles(read_text(text)) if r is role]


def kept(text: str) -> list[str]:
    return [words for _, words in roles(read_text(text))]


def test_the_first_line_is_the_headline_and_the_rest_is_the_body() -> None:
    document = read_text(f"{HEADLINE}\n\n{BODY}")
    assert document.title == HEADLINE
    assert roles(document) == [
        (Role.HEADLINE, HEADLINE),
        (Role.BODY, PARAGRAPH),
        (Role.BODY, SECOND),
        (Role.BODY, THIRD),
    ]


@pytest.mark.parametrize("separator", ["\n\n", "\n", "\r\n", "\r\n\r\n", "\r", "\n\n\n", "\u2028", "\n \t\n"])
def test_paragraphs_are_told_apart_by_any_line_break(separator: str) -> None:
    text = separator.join([HEADLINE, PARAGRAPH, SECOND, THIRD])
    assert kept(text) == [HEADLINE, PARAGRAPH, SECOND, THIRD]
    assert read_text(text).text == text


@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_a_hard_wrapped_paragraph_is_one(gap: str) -> None:
    wrapped = textwrap.fill(f"{PARAGRAPH} {SECOND}", 66)
    document = read_text(f"{HEADLINE}{gap}{wrapped}\n\n{THIRD}")
    assert [p.role for p in document.paragraphs] == [Role.HEADLINE, Role.BODY, Role.BODY]
    assert len(document.paragraphs[1].sentences) == 2


@pytest.mark.parametrize(
    ("line", "title", "outlet"),
    [
        (f"{HEADLINE} - Harbour News", HEADLINE, "Harbour News"),
        (f"{HEADLINE} | The Harbour Post", HEADLINE, "The Harbour Post"),
        (f"{HEADLINE} – The Harbour", HEADLINE, "The Harbour"),
        (f"{HEADLINE} | harbourpost.com", HEADLINE, "harbourpost.com"),
        (f"{HEADLINE} - what next", f"{HEADLINE} - what next", None),
        (f"{HEADLINE} – Mayor", f"{HEADLINE} – Mayor", None),
        (f"# {HEADLINE}", HEADLINE, None),
        (f"**{HEADLINE}**", HEADLINE, None),
        (f"BREAKING: {HEADLINE}", f"BREAKING: {HEADLINE}", None),
        ("‘It moved. We saw it.’: Old bridge to close", "‘It moved. We saw it.’: Old bridge to close", None),
        ("Will the old bridge close?", "Will the old bridge close?", None),
        ("Old Bridge to Close After Piers Move.", "Old Bridge to Close After Piers Move.", None),
    ],
)
def test_the_headline_is_told_from_the_name_of_the_site(line: str, title: str, outlet: str | None) -> None:
    document = read_text(f"{line}\n\n{BODY}")
    assert (document.title, document.outlet) == (title, outlet)
    assert document.paragraphs[0].span.text_in(document.text) == title
    assert len(document.paragraphs[0].sentences) == 1


@pytest.mark.parametrize("first", [PARAGRAPH, "The mayor has resigned, she said on Monday.", "Here is the article:"])
def test_prose_is_no_headline(first: str) -> None:
    assert read_text(f"{first}\n\n{SECOND}\n\n{THIRD}").title == ""


@pytest.mark.parametrize(
    "line",
    [
        "By Ada Lind",
        "BY ADA LIND AND TOM REED",
        "Ada Lind, Staff Writer",
        "Staff Reports",
        "Monday, May 18, 2015",
        "Published: 18 May 2015 at 10:30 GMT",
        "Updated 3 hours ago",
        "(Published Monday, May 18, 2015)",
        "2015-05-18",
        "World",
        "Home > World > Europe",
        "Share this article",
        "Read more: The other bridge",
        "RELATED: The other bridge falls",
        "Advertisement",
        "Sign up for our newsletter and get the news every morning.",
        "© Harbour Media",
        "Photo: Lena Orr",
        "Main image credit: Lena Orr",
        "![bridge](bridge.jpg)",
        "___",
        "* * *",
    ],
)
@pytest.mark.parametrize("separator", ["\n", "\n\n"])
def test_lines_around_the_article_make_no_paragraph(line: str, separator: str) -> None:
    assert kept(separator.join([HEADLINE, line, PARAGRAPH, SECOND, THIRD])) == [HEADLINE, PARAGRAPH, SECOND, THIRD]


@pytest.mark.parametrize(
    "line",
    [
        "Read more: The other bridge",
        "(Reporting by Ada Lind; Editing by Tom Reed)",
        "Tom Reed and Ada Lind contributed to this report.",
        "Copyright 2015 Harbour Media. All rights reserved.",
        "Other Bridge in the North of the Country Falls",
        "Next steps",
        "## Next steps",
        "ABSTRACT.",
    ],
)
def test_lines_between_paragraphs_and_below_them_make_no_paragraph(line: str) -> None:
    assert kept(f"{HEADLINE}\n\n{PARAGRAPH}\n\n{line}\n\n{SECOND}\n\n{THIRD}") == [HEADLINE, PARAGRAPH, SECOND, THIRD]
    assert kept(f"{HEADLINE}\n\n{PARAGRAPH}\n\n{SECOND}\n\n{THIRD}\n\n{line}") == [HEADLINE, PARAGRAPH, SECOND, THIRD]


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Monday, May 18, 2015", "2015-05-18"),
        ("18 May 2015", "2015-05-18"),
        ("Published 18th May, 2015 at 10:30 a.m. EDT", "2015-05-18"),
        ("Last updated on Sept. 3, 2021", "2021-09-03"),
        ("2015-05-18", "2015-05-18"),
        ("February 31, 2015", None),
        ("2 hours ago", None),
    ],
)
def test_a_date_line_tells_when_it_was_published(line: str, published: str | None) -> None:
    assert read_text(f"{HEADLINE}\n{line}\n{BODY}").published == published


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Ada Lind", "Ada Lind"),
        ("By Ada Lind and Tom Reed, Harbour Post", "Ada Lind and Tom Reed, Harbour Post"),
        ("Written by Ada Lind", "Ada Lind"),
        ("By Monday it had moved again", None),
    ],
)
def test_a_byline_tells_who_wrote_it(line: str, byline: str | None) -> None:
    assert read_text(f"{HEADLINE}\n{line}\n{BODY}").byline == byline


@pytest.mark.parametrize(
    "dateline",
    [
        "VIENNA (AP) — ",
        "VIENNA — ",
        "HANOI, Vietnam (AP) - ",
        "Hanoi, Vietnam (Reuters) – ",
        "WASHINGTON, March 3 (Reuters) - ",
        "ST. JOSEPH, Mich. (AP) — ",
        "LONDON, 3 March -- ",
        "(CNN) -- ",
        "NEW DELHI: ",
        "Dateline: Vienna — ",
        "Springfield – ",
    ],
)
def test_sentences_begin_after_the_dateline(dateline: str) -> None:
    document = read_text(f"{HEADLINE}\n\n{dateline}{BODY}")
    first = document.paragraphs[1]
    assert first.sentences[0].text_in(document.text) == PARAGRAPH
    assert first.span.text_in(document.text) == f"{dateline}{PARAGRAPH}"


@pytest.mark.parametrize(
    "opening", ["BREAKING: ", "Tom Reed — the engineer — ", "NATO said: ", "A bridge (old) - ", "U.S. Army "]
)
def test_other_openings_are_no_dateline(opening: str) -> None:
    document = read_text(f"{HEADLINE}\n\n{opening}{BODY}")
    assert document.paragraphs[1].sentences[0].start == document.paragraphs[1].span.start


def test_a_line_without_full_stop_below_the_headline_is_the_standfirst() -> None:
    line = "Engineers say that the crossing may not survive another flood"
    assert of(Role.STANDFIRST, f"{HEADLINE}\n\n{line}\n\n\n{BODY}") == [line]


def test_a_sentence_above_the_byline_is_the_standfirst() -> None:
    line = "Engineers say that the crossing may not survive another flood."
    assert of(Role.STANDFIRST, f"{HEADLINE}\n\n{line}\n\nBy Ada Lind\n\n{BODY}") == [line]


def test_a_first_paragraph_is_no_standfirst() -> None:
    assert of(Role.STANDFIRST, f"{HEADLINE}\n\n{BODY}") == []


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        ("The bridge has moved\nThe bridge has moved by four centimetres", "The bridge has moved by four centimetres"),
        ("The old bridge last week (Photo: Lena Orr)", "The old bridge last week"),
        ("The old bridge is closed. Photo: Lena Orr", "The old bridge is closed."),
        ("Image: The old bridge has moved since spring", "The old bridge has moved since spring"),
        ("Tom Reed looks at a pier last week. (Lena Orr/Getty Images)", "Tom Reed looks at a pier last week."),
        ("The old harbour bridge on a quiet winter morning.", "The old harbour bridge on a quiet winter morning."),
    ],
)
def test_captions_are_told_by_a_cut_copy_a_credit_or_want_of_a_verb(line: str, caption: str) -> None:
    assert of(Role.CAPTION, f"{HEADLINE}\n\n{PARAGRAPH}\n\n{line}\n\n{SECOND}\n\n{THIRD}") == [caption]


def test_a_line_that_stands_twice_is_a_caption_each_time() -> None:
    line = "Some 4,000 people cross the bridge"
    text = f"{HEADLINE}\n\n{PARAGRAPH}\n\n{line}\n{line}\n\n{SECOND}\n\n{THIRD}"
    assert of(Role.CAPTION, text) == [line, line]


def test_a_headline_that_is_repeated_at_once_stands_once() -> None:
    assert kept(f"{HEADLINE} | The Harbour Post\n\n{HEADLINE}\n\n{BODY}") == [HEADLINE, PARAGRAPH, SECOND, THIRD]


def test_a_quotation_pulled_from_the_text_is_a_quotation() -> None:
    pulled = "“It is not safe to wait for another winter”"
    assert of(Role.QUOTE, f"{HEADLINE}\n\n{PARAGRAPH}\n\n{pulled}\n\n{SECOND}\n\n{THIRD}") == [pulled]


def test_a_signed_quotation_and_a_markdown_quotation_are_quotations() -> None:
    signed = '"A bridge is a promise." - Ines Holt'
    assert of(Role.QUOTE, f"{HEADLINE}\n\n{PARAGRAPH}\n\n{signed}\n\n{SECOND}") == [signed]
    assert of(Role.QUOTE, f"{HEADLINE}\n\n{PARAGRAPH}\n\n> {SECOND}\n\n{THIRD}") == [SECOND]


def test_the_signature_of_a_post_stays_with_it() -> None:
    signature = "— Harbour Council (@harbour) May 18, 2015"
    post = "We will close the bridge on Monday. https://t.co/abcdef"
    text = f"{HEADLINE}\n\n{PARAGRAPH}\n\n{post}\n\n{signature}\n\n{THIRD}\n\n{post} again\n\n{signature}"
    assert of(Role.BODY, text).count(signature) == 2


def test_list_items_begin_after_their_mark() -> None:
    assert of(Role.BODY, f"{HEADLINE}\n\n- {PARAGRAPH}\n- {SECOND}\n- {THIRD}") == [PARAGRAPH, SECOND, THIRD]


def test_lines_that_look_like_nothing_are_all_read() -> None:
    lines = "\n".join(["Old Bridge Closed Again This Week"] * 2 + ["Mayor Holt Speaks To The Harbour Council"] * 4)
    assert any(p.role is Role.BODY for p in read_text(lines).paragraphs)


@pytest.mark.parametrize("text", ["", " ", "\n\r\n\t ", "\u2028"])
def test_nothing_is_named(text: str) -> None:
    with pytest.raises(EmptyText, match="no text"):
        read_text(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("word " * 20, "There are only 20 words"),
        ("word " * 24, "only 24 words"),
        ("Help!", "There is only one word"),
        ("?!? ...", "no words"),
        ("🙂" * 40, "no words"),
        ("[" * 100_000, "no words"),
    ],
)
def test_too_few_words_are_counted(text: str, says: str) -> None:
    with pytest.raises(TextTooShort, match=says):
        read_text(text)


def test_25_words_are_enough() -> None:
    text = PARAGRAPH.replace("four centimetres ", "")
    assert len(text.split()) == 25
    assert [p.role for p in read_text(text).paragraphs] == [Role.BODY]


def test_a_very_long_text_is_read_up_to_a_limit_and_kept_whole() -> None:
    text = "\n\n".join(f"{PARAGRAPH} That was in round {n}." for n in range(6500))
    document = read_text(text)
    assert document.text == text
    assert document.notes == (f"Only the first 20,000 of {len(text.split()):,} words were read.",)
    assert len(text[: document.paragraphs[-1].span.end].split()) <= 20_000


def test_a_very_long_line_is_cut_at_a_sentence() -> None:
    document = read_text(f"{PARAGRAPH} " * 900)
    assert document.paragraphs[-1].sentences[-1].text_in(document.text) == PARAGRAPH


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (("Der Stadtrat beschloss am Dienstag, die alte Brücke über den Fluss zu schließen, weil sich die Pfeiler seit "
         "dem Frühjahr um vier Zentimeter bewegt haben, wie die Ingenieure sagten."), "German"),
        (("Le conseil a décidé mardi de fermer le vieux pont après que les ingénieurs ont averti que ses piles avaient "
         "bougé de quatre centimètres depuis le printemps, selon le rapport."), "French"),
        (("El ayuntamiento votó el martes cerrar el viejo puente sobre el río después de que los ingenieros dijeran "
         "que sus pilares se habían movido cuatro centímetros."), "Spanish"),
        (("Совет во вторник проголосовал за закрытие старого моста через реку после того как инженеры предупредили что "
         "его опоры сдвинулись на четыре сантиметра с весны этого года и не выдержат."), "Russian"),
        (("市議会は火曜日、技術者が橋脚が春から四センチ動いたと警告したことを受けて、川にかかる古い橋を閉鎖することを決めた。"
         "市長は月曜日から渡し船を運航すると述べた。"), "Japanese"),
        (("صوت المجلس يوم الثلاثاء على إغلاق الجسر القديم فوق النهر بعد أن حذر المهندسون من أن أعمدته تحركت أربعة "
         "سنتيمترات منذ الربيع وقالت العمدة إن العبارة ستعمل من يوم الاثنين"), "Arabic"),
    ],
)  # fmt: skip
def test_another_language_is_named(text: str, language: str) -> None:
    with pytest.raises(UnsupportedLanguage, match=language):
        read_text(text)


@pytest.mark.parametrize(
    "text",
    [
        (
            "Bundeskanzlerin Müller, Außenminister Schäfer and Minister Wójcik met Giuseppe Bianchi in "
            "Reykjavík, where Þórður Jónsson and Núñez Ibáñez, of the Partido Nacional, signed a pact on Świnoujście."
        ),
        (
            "Presiden Susilo Wijaya told Gubernur Hartono and Menteri Sukarno in Surabaya that Bupati Hidayat, of "
            "Kabupaten Banyuwangi, had met Panglima Suharto at Gedung Merdeka, Kantor Berita Nusantara reported."
        ),
    ],
)
def test_english_full_of_foreign_names_is_english(text: str) -> None:
    assert read_text(text).language == "en"


def test_nul_and_lone_surrogates_are_replaced_one_for_one() -> None:
    text = f"{HEADLINE}\x00\n\n{BODY}\ud800 🙂 \u202eabc"
    document = read_text(text)
    assert document.text == text.replace("\x00", "\ufffd").replace("\ud800", "\ufffd")
    assert len(document.text) == len(text)


def test_hostile_markup_stays_text() -> None:
    line = "<!channel> @everyone [x](javascript:alert(1)) \x1b[31mred\x1b[0m is what the council's page said."
    assert line in read_text(f"{HEADLINE}\n\n{BODY}\n\n{line}").text


_PROSE = st.sampled_from([HEADLINE, PARAGRAPH, SECOND, THIRD, FOURTH])
_FURNITURE = st.sampled_from(["By Ada Lind", "Photo: Lena Orr", "VIENNA (AP) — ", "May 18, 2015", "| BBC", "Mr. "])
_MARKS = st.sampled_from(["“", "” ", "- ", "# ", "> ", "(", ")", ". ", "...", "\n", "\r\n", "\x00", "\ud800", "\u202e"])
_PIECES = _PROSE | _FURNITURE | _MARKS


@settings(max_examples=250, deadline=None)
@given(st.text() | st.lists(_PIECES | st.text(max_size=20), max_size=40).map("".join))
def test_any_text_is_read_unchanged_or_refused_with_a_sentence(text: str) -> None:
    try:
        document = read_text(text)
    except ClaimcheckError:
        return
    assert len(document.text) == len(text)
    assert all(b in {a, "\ufffd"} for a, b in zip(text, document.text, strict=True))
    end = 0
    for paragraph in document.paragraphs:
        assert paragraph.span.start >= end
        end = paragraph.span.start
        for sentence in paragraph.sentences:
            assert end <= sentence.start < sentence.end <= paragraph.span.end
            assert sentence.text_in(document.text).strip() == sentence.text_in(document.text)
            end = sentence.end
