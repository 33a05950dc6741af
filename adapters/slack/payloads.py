"""Slack's JSON, read with care: what is not there, or of another type, is empty. Nothing past translation holds it."""

from collections.abc import Mapping, Sequence

Json = Mapping[str, object]

_NOTHING: Json = {}


def text_at(payload: object, *path: str) -> str:
    """The text at the end of the path, "" where there is none."""
    found = _at(payload, path)
    return found if isinstance(found, str) else ""


def map_at(payload: object, *path: str) -> Json:
    """The object at the end of the path, empty where there is none."""
    found = _at(payload, path)
    return found if isinstance(found, Mapping) else _NOTHING


def list_at(payload: object, *path: str) -> Sequence[object]:
    """The list at the end of the path, empty where there is none."""
    found = _at(payload, path)
    return found if isinstance(found, list | tuple) else ()


def flag_at(payload: object, *path: str) -> bool:
    """Whether true stands at the end of the path."""
    return _at(payload, path) is True


def number_at(payload: object, *path: str) -> int:
    """The number at the end of the path, 0 where there is none."""
    found = _at(payload, path)
    return found if isinstance(found, int) else 0


def _at(payload: object, path: tuple[str, ...]) -> object:
    for key in path:
        if not isinstance(payload, Mapping):
            return None
        payload = payload.get(key)
    return payload
