import pytest

from bot.document import Document, Role
from bot.errors import ClaimcheckError, NotAnArticle, UnsupportedLanguage
from bot.reading.html_pages import read_html
from tests.bot.reading.pages import (
    ARTICLE,
    CAPTION,
    CONSENT,
    EMPTY_SHELL,
    FOURTH,
    LOGIN,
    MISSING,
    NOT_FREE,
    PARAGRAPH,
    PAYWALL,
    ROBOT,
    SECOND,
    STANDFIRST,
    THIRD,
    VIDEO,
)

URL = "https://example.org/bridge"


def roles(document: Document) -> list[tuple[Role, str]]:
    return [(p.role, p.span.text_in(document.text)) for p in document.paragraphs]


def test_an_article_is_laid_out_with_its_parts_in_their_roles() -> None:
    assert roles(read_html(ARTICLE, url=URL)) == [
        (Role.HEADLINE, "Old bridge to close after piers move"),
        (Role.STANDFIRST, STANDFIRST),
        (Role.CAPTION, f"{CAPTION}."),
        (Role.BODY, PARAGRAPH),
        (Role.BODY, SECOND),
        (Role.BODY, THIRD),
        (Role.BODY, FOURTH),
    ]


def test_what_the_page_tells_about_the_article_is_kept() -> None:
    document = read_html(ARTICLE, url=URL)
    assert document.title == "Old bridge to close after piers move"
    assert (document.outlet, document.byline) == ("The Harbour Post", "Ada Lind")
    assert document.published == "2024-03-05T10:20:00Z"
    assert (document.url, document.language, document.notes) == (URL, "en", ())


def test_paragraphs_stand_apart_by_a_blank_line_and_nothing_stands_twice() -> None:
    text = read_html(ARTICLE, url=URL).text
    assert f"{PARAGRAPH}\n\n{SECOND}" in text
    for piece in (STANDFIRST, CAPTION, "Old bridge to close", PARAGRAPH):
        assert text.count(piece) == 1


def test_invitations_and_navigation_are_no_part_of_the_text() -> None:
    text = read_html(ARTICLE, url=URL).text
    for piece in ("Read more", "Home", "Copyright", "By Ada Lind"):
        assert piece not in text


def test_a_standfirst_that_opens_the_body_is_not_repeated() -> None:
    page = ARTICLE.replace(STANDFIRST, PARAGRAPH)
    assert read_html(page, url=URL).text.count(PARAGRAPH) == 1


def test_a_page_without_metadata_takes_title_and_outlet_from_its_title() -> None:
    page = f"<title>Old bridge to close | The Harbour Post</title><p>{PARAGRAPH}</p><p>{SECOND}</p><p>{THIRD}</p>"
    document = read_html(page, url=None)
    assert (document.title, document.outlet) == ("Old bridge to close", "The Harbour Post")


def test_a_quotation_block_is_a_quotation() -> None:
    page = ARTICLE.replace(
        "<h2>What next?</h2>", "<blockquote><p>A bridge is a promise kept every day.</p></blockquote>"
    )
    assert (Role.QUOTE, "A bridge is a promise kept every day.") in roles(read_html(page, url=URL))


@pytest.mark.parametrize(
    ("page", "says"),
    [
        (CONSENT, "consent to cookies"),
        (PAYWALL, "only the beginning"),
        (NOT_FREE, "only the beginning"),
        (LOGIN, "login"),
        (MISSING, "error page"),
        (ROBOT, "check for robots"),
        (VIDEO, "video"),
        (EMPTY_SHELL, "No article text"),
        ("", "empty"),
        ("<!-- -->", "empty"),
    ],
)
def test_pages_that_are_no_article_are_told_apart_and_the_text_is_asked_for(page: str, says: str) -> None:
    with pytest.raises(NotAnArticle, match=says) as refusal:
        read_html(page, url=URL)
    assert "paste the text" in refusal.value.message


def test_a_long_article_that_also_asks_to_subscribe_is_read_with_a_note() -> None:
    long = "".join(
        f"<p>{p} In the year {n} it had been so too.</p>" for n in range(1990, 1996) for p in (SECOND, THIRD)
    )
    stated = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    page = PAYWALL.replace(f"<p>{SECOND}</p>", long).replace("</article>", f"</article>{stated}")
    assert "paywall" in read_html(page, url=URL).notes[0]


def test_an_article_about_cookies_and_logins_is_an_article() -> None:
    words = "Regulators said that the firm had placed cookies without consent, and fined it after users complained. "
    body = "".join(f"<p>{words} {PARAGRAPH} {n}.</p>" for n in range(8))
    title = "Login firm fined over cookies"
    page = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"
    assert read_html(page, url=URL).title == "Login firm fined over cookies"


@pytest.mark.parametrize(
    ("title", "extra"),
    [
        ("500 cross the bridge in an hour", ""),
        ("Mayor says sorry for error over bridge", ""),
        ("Bridge not found safe", '<iframe src="https://example.org/video"></iframe>'),
        ("Old bridge to close", "<header>Already a subscriber? Log in</header>"),
    ],
)
def test_a_brief_that_resembles_another_page_is_an_article(title: str, extra: str) -> None:
    paragraphs = "".join(f"<p>{p}</p>" for p in (PARAGRAPH, SECOND, THIRD))
    page = (
        f"<html><head><title>{title}</title></head><body>{extra}<article><h1>{title}</h1>{paragraphs}</article></body>"
    )
    assert read_html(page, url=URL).title == title


def test_another_language_is_named() -> None:
    german = "Der Stadtrat beschloss am Dienstag, die alte Brücke zu schließen, weil sich die Pfeiler bewegt haben. "
    page = (
        "<article><h1>Die Brücke schließt</h1>" + "".join(f"<p>{german * 3} {n}</p>" for n in range(5)) + "</article>"
    )
    with pytest.raises(UnsupportedLanguage, match="German"):
        read_html(page, url=URL)


def test_only_the_first_words_of_an_endless_page_are_read() -> None:
    body = "".join(f"<p>{PARAGRAPH} That was in round {n}.</p>" for n in range(1000))
    document = read_html(f"<html><body><article><h1>Endless</h1>{body}</article></body></html>", url=URL)
    assert len(document.text.split()) <= 20_000
    assert "20,000" in document.notes[0]


@pytest.mark.parametrize(
    "page",
    [
        "<" * 3000,
        "<div>" * 3000 + "x",
        "<p>" * 3000 + PARAGRAPH,
        "&#x0;&#xD800;&#99999999;" * 50,
        "<script type='application/ld+json'>" + "[" * 5000 + "</script>" + ARTICLE,
        '<script type=\'application/ld+json\'>[1, {"@graph": 3}, {"@type": [], "wordCount": {}}]</script>' + LOGIN,
        ARTICLE.replace("<article>", "<article>\x00\x1b[31m<!channel>@everyone"),
        "<html><frameset><frame src=x></frameset></html>",
    ],
)
def test_hostile_markup_is_read_or_refused_with_a_sentence(page: str) -> None:
    outcome = "read"
    try:
        text = read_html(page, url=URL).text
    except ClaimcheckError as error:
        outcome, text = error.message, ""
    assert outcome == "read" or outcome.endswith(".")
    assert "\x00" not in text
