"""Discord's documented limits on what a bot sends, checked on every body that the tests' server receives."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_BUTTON_LABEL = 80
_CUSTOM_ID = 100
_TEXT_DISPLAY, _SECTION, _CONTAINER, _ROW, _BUTTON = 10, 9, 17, 1, 2
_IS_V2 = 1 << 15
_EPHEMERAL = 1 << 6

Body = Mapping[str, Any]


def faults_of_message(body: Body, *, files: Sequence[tuple[str, bytes]], edit: bool = False) -> list[str]:
    """What Discord would refuse about a message; empty where nothing is."""
    faults = [*_faults_of_pings(body, edit=edit), *_faults_of_embeds(body.get("embeds") or ())]
    if _units(body.get("content") or "") > 2000:
        faults.append("content over 2,000")
    if len(str(body.get("nonce") or "")) > 25:
        faults.append("nonce over 25")
    if body.get("flags", 0) & _IS_V2:
        if body.get("content") or body.get("embeds"):
            faults.append("content or embeds beside Components V2")
        faults += _faults_of_layout(body.get("components") or (), files=files)
    elif any(component["type"] != _ROW for component in body.get("components") or ()):
        faults.append("a V2 component without the flag")
    else:
        faults += _faults_of_components(tuple(walk(body.get("components") or ())))
        if not edit and not (body.get("content") or body.get("embeds") or files):
            faults.append("an empty message")
    if len(files) > 10 or sum(len(data) for _, data in files) > 10_000_000:
        faults.append("files over 10 or 10 MB")
    return faults


def faults_of_modal(data: Body) -> list[str]:
    """What Discord would refuse about a form."""
    faults = []
    if not 1 <= _units(data["title"]) <= 45:
        faults.append("modal title not 1 to 45")
    if not 1 <= len(data["components"]) <= 5:
        faults.append("not 1 to 5 inputs")
    if not 1 <= len(data["custom_id"]) <= _CUSTOM_ID:
        faults.append("modal custom_id not 1 to 100")
    for label in data["components"]:
        if label["type"] == _TEXT_DISPLAY:
            continue
        inner = label["component"]
        if not 1 <= _units(label["label"]) <= 45 or _units(label.get("description") or "") > 100:
            faults.append("label over 45 or its description over 100")
        if _units(inner.get("placeholder") or "") > (100 if inner["type"] == 4 else 150):
            faults.append("placeholder too long")
        if _units(inner.get("value") or "") > (inner.get("max_length") or 4000):
            faults.append("value over its max_length")
        if inner["type"] == 3:
            faults += _faults_of_select(inner)
    return faults


def faults_of_thread(body: Body) -> list[str]:
    """What Discord would refuse about a thread."""
    faults = [] if 1 <= _units(body["name"].strip()) <= 100 else [f"thread name of {len(body['name'])}"]
    if body.get("auto_archive_duration") not in {60, 1440, 4320, 10080}:
        faults.append("auto_archive_duration")
    return faults


def faults_of_commands(commands: Sequence[Body]) -> list[str]:
    """What Discord would refuse about application commands."""
    faults = []
    for command in commands:
        if not 1 <= len(command["name"]) <= 32:
            faults.append(f"name of {command['name']}")
        if command["type"] == 1 and not 1 <= len(command["description"]) <= 100:
            faults.append(f"description of {command['name']}")
        options = command.get("options") or ()
        wrong = [option for option in options if not 1 <= _units(option["description"]) <= 100]
        faults += [f"option {option['name']} of {command['name']}" for option in wrong]
    return faults


def walk(components: Sequence[Body]) -> Iterator[Body]:
    """Every component, nested ones too."""
    for component in components:
        yield component
        yield from walk(component.get("components") or ())
        if "accessory" in component:
            yield component["accessory"]


def displayed(body: Body) -> str:
    """All words of a message, in order."""
    embeds = [
        part
        for embed in body.get("embeds") or ()
        for part in (
            embed.get("title", ""),
            embed.get("description", ""),
            *(f"{field['name']}\n{field['value']}" for field in embed.get("fields", ())),
            (embed.get("footer") or {}).get("text", ""),
        )
    ]
    texts = [one["content"] for one in walk(body.get("components") or ()) if one["type"] == _TEXT_DISPLAY]
    return "\n".join(part for part in (body.get("content") or "", *embeds, *texts) if part)


def buttons_of(body: Body) -> dict[str, str]:
    """The custom ids of a message's buttons, by label."""
    return {one["label"]: one["custom_id"] for one in walk(body.get("components") or ()) if one["type"] == _BUTTON}


def _faults_of_pings(body: Body, *, edit: bool) -> Iterator[str]:
    allowed = body.get("allowed_mentions")
    if allowed is None:
        if not edit or displayed(body):
            yield "allowed_mentions left out: everything in it would ping"
    elif allowed.get("parse") or allowed.get("users") or allowed.get("roles") or allowed.get("replied_user"):
        yield "allowed_mentions lets somebody be pinged"


def _faults_of_layout(components: Sequence[Body], *, files: Sequence[tuple[str, bytes]]) -> Iterator[str]:
    every = tuple(walk(components))
    if not 1 <= len(every) <= 40:
        yield f"{len(every)} components"
    shown = sum(_units(one["content"]) for one in every if one["type"] == _TEXT_DISPLAY)
    if shown > 4000:
        yield f"{shown} displayed characters"
    if any(not one["content"].strip() for one in every if one["type"] == _TEXT_DISPLAY):
        yield "an empty text display"
    names = {name for name, _ in files}
    referred = {one["file"]["url"].removeprefix("attachment://") for one in every if one["type"] == 13}
    if referred - names:
        yield f"file components without their file: {referred - names}"
    if names - referred:
        yield f"files that no component shows: {names - referred}"
    ids = [one["id"] for one in every if one.get("id")]
    if len(ids) != len(set(ids)) or any(not 0 < one < 2**31 for one in ids):
        yield "component ids twice or out of range"
    if any(not one.get("components") for one in every if one["type"] in {_ROW, _CONTAINER}):
        yield "an empty row or container"
    yield from _faults_of_components(every)


def _faults_of_components(every: Sequence[Body]) -> Iterator[str]:
    ids = [one["custom_id"] for one in every if one.get("custom_id")]
    if len(ids) != len(set(ids)):
        yield "the same custom_id twice"
    for one in every:
        if one.get("custom_id") is not None and not 1 <= _units(one["custom_id"]) <= _CUSTOM_ID:
            yield "custom_id not 1 to 100"
        if one["type"] == _BUTTON and not 1 <= _units(one.get("label") or "") <= _BUTTON_LABEL:
            yield "button label not 1 to 80"
        if one["type"] == _ROW and len(one["components"]) > 5:
            yield "a row of more than 5"
        if one["type"] == 3:
            yield from _faults_of_select(one)


def _faults_of_select(select: Body) -> Iterator[str]:
    options = select["options"]
    if not 1 <= len(options) <= 25 or len({one["value"] for one in options}) != len(options):
        yield "options not 1 to 25, or twice the same"
    for one in options:
        if (
            not 1 <= _units(one["label"]) <= 100
            or len(one["value"]) > 100
            or _units(one.get("description") or "") > 100
        ):
            yield "an option over 100"


def _faults_of_embeds(embeds: Sequence[Body]) -> Iterator[str]:
    total = 0
    if len(embeds) > 10:
        yield "more than 10 embeds"
    for embed in embeds:
        parts = [("title", 256), ("description", 4096)]
        fields = embed.get("fields") or ()
        footer = (embed.get("footer") or {}).get("text") or ""
        total += sum(_units(embed.get(name) or "") for name, _ in parts) + _units(footer)
        total += sum(_units(field["name"]) + _units(field["value"]) for field in fields)
        yield from (f"embed {name}" for name, most in parts if _units(embed.get(name) or "") > most)
        if len(fields) > 25 or len(footer) > 2048:
            yield "embed fields or footer"
        if any(not 1 <= _units(field["name"]) <= 256 or not 1 <= _units(field["value"]) <= 1024 for field in fields):
            yield "embed field"
    if total > 6000:
        yield f"embeds of {total}"


def _units(text: str) -> int:
    """Length in UTF-16 code units, the strictest that Discord may count in."""
    return len(text.encode("utf-16-le")) // 2
