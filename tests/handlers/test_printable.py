"""What an article says is shown as words and never acted on."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.printable import escape_markdown, make_printable

ZERO_WIDTH_SPACE = "\u200b"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("plain “words”, naïve 日本語 🙂", "plain “words”, naïve 日本語 🙂"),
        ("a\tb\nc", "a b\nc"),
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("\x9b2J", "\ufffd2J"),
        ("a\x00b\x7f", "a␀b␡"),
        ("back\rover", "back␍over"),
        ("evil\u202etxt.exe", "evil\ufffdtxt.exe"),
        ("\ud800", "\ufffd"),
        ("one\u2028two", "one two"),
        ("שלום עולם", "שלום עולם"),
    ],
)
def test_controls_become_visible_signs_and_words_stay(words: str, shown: str) -> None:
    assert make_printable(words) == shown


@given(st.text())
def test_nothing_that_a_terminal_acts_on_is_left(words: str) -> None:
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", make_printable(words))


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("[x](javascript:alert(1))", rf"\[x\]\(javascript{ZERO_WIDTH_SPACE}:alert\(1\)\)"),
        ("<script>alert(1)</script>", r"&lt;script&gt;alert\(1\)&lt;/script&gt;"),
        ("<!channel>", r"&lt;\!channel&gt;"),
        ("@everyone", f"@{ZERO_WIDTH_SPACE}everyone"),
        ("![pixel](https://a.example/p.gif)", rf"\!\[pixel\]\(https{ZERO_WIDTH_SPACE}://a.example/p.gif\)"),
        ("*bold* _it_ `code` ~~no~~", r"\*bold\* \_it\_ \`code\` \~\~no\~\~"),
        ("AT&T &amp; co", "AT&amp;T &amp;amp; co"),
        ("# no heading", r"\# no heading"),
        ("- no list", r"\- no list"),
        ("12. no list", r"12\. no list"),
        ("a | b", r"a \| b"),
        ("one\ntwo", "one two"),
        ("well-known", "well-known"),
        ("\x1b[1m", r"␛\[1m"),
    ],
)
def test_markdown_shows_mark_up_as_words(words: str, shown: str) -> None:
    assert escape_markdown(words) == shown


@given(st.text())
def test_no_html_mention_or_bare_link_survives_in_markdown(words: str) -> None:
    assert not re.search(r"[<\n]|@\w|https?://", escape_markdown(words))
