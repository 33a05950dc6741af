import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reading import canonical_url, find_links, read_message


@pytest.mark.parametrize(
    ("message", "urls"),
    [
        ("https://example.org/a", ["https://example.org/a"]),
        ("Please check https://example.org/a.", ["https://example.org/a"]),
        ("Is it so (https://example.org/a)?", ["https://example.org/a"]),
        ("see https://example.org/Bridge_(Harbour), ok", ["https://example.org/Bridge_(Harbour)"]),
        ("[the bridge](https://example.org/a_(b)) fell", ["https://example.org/a_(b)"]),
        ('[the bridge](https://example.org/a "title") fell', ["https://example.org/a"]),
        ("<https://example.org/a|the bridge> and <https://example.org/b>", ["https://example.org/a", "https://example.org/b"]),
        ("**https://example.org/a** or *https://example.org/b*", ["https://example.org/a", "https://example.org/b"]),
        ("“https://example.org/a”", ["https://example.org/a"]),
        ("www.example.org/news today", ["https://www.example.org/news"]),
        ("example.org/news/bridge", ["https://example.org/news/bridge"]),
        ("He left.The end. At 10.30 ask a.b@example.org", []),
        ("javascript:alert(1) ftp://example.org/a mailto:a@example.org", []),
        ("http://127.0.0.1/ http://[::1]", ["http://127.0.0.1/"]),
        ("http://[::1]/a", ["http://[::1]/a"]),
        ("nothing here", []),
    ],
)  # fmt: skip
def test_links_are_found_in_a_message(message: str, urls: list[str]) -> None:
    assert [link.url for link in find_links(message)] == urls


def test_a_link_covers_its_markup() -> None:
    message = "so [the bridge](https://example.org/a) fell"
    (link,) = find_links(message)
    assert message[link.start : link.end] == "[the bridge](https://example.org/a)"


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://Example.ORG/A?b=1", "https://example.org/A?b=1"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/a#part", "https://example.org/a"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("http://example.org:80/a", "http://example.org/a"),
        ("http://example.org:8080/a", "http://example.org:8080/a"),
        ("https://example.org/a?utm_source=x&id=7&fbclid=y&UTM_medium=z", "https://example.org/a?id=7"),
        ("https://example.org/a?gclid=1", "https://example.org/a"),
        ("https://example.org/a?x=%20y&z", "https://example.org/a?x=%20y&z"),
        ("https://example.org/%C3%BC/ü", "https://example.org/%C3%BC/%C3%BC"),
        ("https://[bad", "https://[bad"),
    ],
)
def test_addresses_of_one_page_become_one(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


def test_a_message_of_links_and_few_words_is_links() -> None:
    message = read_message("Can you look at https://example.org/a?utm_source=x and https://example.org/b please?")
    assert message.is_links
    assert [link.url for link in message.links] == ["https://example.org/a", "https://example.org/b"]


def test_the_same_page_twice_is_one_document() -> None:
    message = read_message("https://example.org/a https://example.org/b https://example.org/a?fbclid=9#x")
    assert [link.url for link in message.links] == ["https://example.org/a", "https://example.org/b"]


@pytest.mark.parametrize(("words", "is_links"), [(25, True), (26, False)])
def test_at_most_25_words_may_stand_beside_links(words: int, *, is_links: bool) -> None:
    message = read_message("https://example.org/a " + "word " * words)
    assert message.is_links is is_links
    assert len(message.links) == 1


def test_a_text_with_links_is_a_text_and_offers_them() -> None:
    text = "The bridge will close on Tuesday, the council said. " * 5 + "See https://example.org/a"
    message = read_message(text)
    assert (message.is_links, message.text, len(message.links)) == (False, text, 1)


def test_a_message_without_links_is_a_text() -> None:
    assert read_message("hello").is_links is False


@settings(max_examples=300, deadline=None)
@given(st.text() | st.text(alphabet="htps:/.[]()<>|a#?&=% \n\ud800\x00@", max_size=80))
def test_any_message_can_be_read(message: str) -> None:
    found = read_message(message)
    assert len(found.text) == len(message)
    for link in find_links(message):
        assert 0 <= link.start < link.end <= len(message)
        assert link.url.startswith(("http://", "https://"))
