"""What Slack takes, as it documents it: everything that a message or a form breaks, in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

_MOST_TEXT = {"header": 150, "section": 3_000}
_STYLES = {"bold", "italic", "strike", "code"}


def broken_by(blocks: object, *, text: str | None = None, most: int = 50) -> list[str]:
    """The limits that these blocks break; none for what Slack takes."""
    return list(_broken(blocks if isinstance(blocks, list | tuple) else [], text=text, most=most))


def broken_by_view(view: dict[str, Any]) -> list[str]:
    """The limits that a form breaks."""
    View(**view).validate_json()
    return broken_by(view["blocks"], most=100)


def texts_in(value: object) -> Iterator[str]:
    """Every text, however deep, that a reader sees."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key in {"text", "url"} and isinstance(inner, str):
                yield inner
            elif key not in {"action_id", "value", "block_id", "type"}:
                yield from texts_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_in(inner)


def _broken(blocks: list[object] | tuple[object, ...], *, text: str | None, most: int) -> Iterator[str]:
    if len(blocks) > most:
        yield f"{len(blocks)} blocks"
    if text is not None and not 0 < _units(text) < 4_000:
        yield f"a fallback of {_units(text)}"
    whole = sum(_units(words) for words in texts_in(list(blocks)))
    if whole > 10_000:
        yield f"{whole} characters in all"
    for block in blocks:
        assert isinstance(block, Mapping)
        parsed = Block.parse(dict(block))
        assert parsed is not None, block
        parsed.validate_json()
        yield from _broken_block(block)


def _broken_block(block: Mapping[str, object]) -> Iterator[str]:
    kind = str(block["type"])
    length = sum(map(_units, texts_in(block)))
    if length > _MOST_TEXT.get(kind, 12_000):
        yield f"{kind} of {length}"
    if kind == "actions":
        yield from _broken_actions(block["elements"])
    if kind == "rich_text":
        yield from _broken_rich(block)


def _broken_actions(elements: object) -> Iterator[str]:
    assert isinstance(elements, list)
    if not 0 < len(elements) <= 25:
        yield f"{len(elements)} things to click"
    ids = [element["action_id"] for element in elements]
    if len(set(ids)) != len(ids) or any(not 0 < len(id_) <= 255 for id_ in ids):
        yield f"action ids {ids}"
    for element in elements:
        options = element.get("options", [])
        labels = [element.get("text") or element["placeholder"], *(option["text"] for option in options)]
        if any(not 0 < _units(label["text"]) <= 75 for label in labels) or len(options) > 100:
            yield f"a label or too many options: {labels}"
        if _units(element.get("value", "")) > 2_000 or any(_units(option["value"]) > 75 for option in options):
            yield "a value"


def _broken_rich(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        if value.get("type") == "text" and not value["text"]:
            yield "an empty text"
        if value.get("type") not in {
            *("rich_text", "rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"),
            *("text", "link"),
        }:
            yield f"an element {value.get('type')}, which may mean something"
        if set(value.get("style") or {}) - _STYLES and not isinstance(value.get("style"), str):
            yield f"a style {value.get('style')}"
        if "elements" in value and not value["elements"]:
            yield "no elements"
        yield from _broken_rich(value.get("elements", []))
    elif isinstance(value, list):
        for inner in value:
            yield from _broken_rich(inner)


def _units(text: object) -> int:
    return len(str(text).encode("utf-16-le", "surrogatepass")) // 2
