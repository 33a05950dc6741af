"""Bytes -> text: by byte order mark, then the header, then the page's own declaration, then detection."""

import codecs
import re

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.-]{2,40})", re.IGNORECASE)
_DECLARATION_WITHIN = 4096
_DETECTED_FROM = 65536
# Pages that declare these mean the Windows code page (WHATWG Encoding Standard, "labels").
# Few accented letters do not tell Western from Central European; what is read here is English.
_LIKE_LATIN = frozenset({"cp1250", "cp1254", "cp1257", "cp1258", "cp775", "cp437", "cp850", "cp858", "mac-roman"}) | {
    f"iso8859-{n}" for n in (1, 2, 3, 4, 9, 10, 13, 14, 15, 16)
}
_LATIN = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}


def decode(content: bytes, *, charset: str | None = None, markup: bool = False) -> str:
    """The text of the bytes; what cannot be decoded becomes U+FFFD. `markup`: look for a declaration in it."""
    for mark, marked in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(marked, "replace")
    name = _known(charset) or (_declared(content) if markup else None)
    if name is not None:
        return content.decode(name, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        best = from_bytes(content[:_DETECTED_FROM]).best()
        detected = _known(best.encoding) if best else None
        return content.decode("cp1252" if detected in _LIKE_LATIN else detected or "cp1252", "replace")


def _declared(content: bytes) -> str | None:
    head = content[:_DECLARATION_WITHIN]
    found = _XML_DECLARED.search(head) or _DECLARED.search(head)
    name = _known(found[1].decode("ascii", "ignore")) if found else None
    # Bytes in which such a declaration can be read are not UTF-16 (HTML standard, "prescan a byte stream").
    return "utf-8" if name is not None and name.startswith("utf-16") else name


def _known(label: str | None) -> str | None:
    if not label:
        return None
    try:
        found = codecs.lookup(label.strip().strip("\"'"))
        b"x".decode(found.name, "replace")
    except (LookupError, ValueError):
        return None
    return _LATIN.get(found.name, found.name)
