"""What stands around the text of an article: dates, bylines, section labels, invitations, credits, datelines.

Such lines stay in the text but make no paragraph: nothing in them is a claim.
"""

import re
from datetime import date

from bot.reading.wording import page_words

_DATE_TOKEN = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?|\d{4}-\d{2}-\d{2}(?:T[\d:.+Z-]+)?|\d+|[^\W\d_]+(?:\.[^\W\d_]+)*")
_ISO_DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?!\d)")
_MONTH_FIRST = re.compile(r"\b([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([A-Za-z]{3,9})\.?,?\s+(\d{4})\b")
_BYLINE = re.compile(
    r"(?:(?:written|story|words|reported|reporting|report|analysis)\s+)?by:?\s+(?P<name>\S.*)$", re.IGNORECASE
)
_NAME_PART = re.compile(r"[A-Z][\w.’'-]*|and|of|for|the|in|de|van|von|al|bin|&|\||/|-|–|—")
_NAME_AND_POST = re.compile(
    r"(?:[A-Z][\w.’'-]* ){1,3}[A-Z][\w.’'-]*\s?[|,]\s?(?i:staff writer|staff reporter|correspondent|political editor"
    r"|editor|reporter|associated press|the associated press|reuters|afp|bbc news|special to .{2,40})$"
)
_TWEET_SIGNATURE = re.compile(r"^[—–-]+\s?.{2,60}\(@\w+\)")
_SIGNED = re.compile(r"^[\"“].+[\"”]\s*[—–-]\s*[A-Z][\w.’'-]+(?: [\w.’'-]+){0,6}$", re.DOTALL)
_AGENCY = r"(?:{})".format("|".join(sorted(map(re.escape, page_words("agencies")), key=len, reverse=True)))
_DASH = r"\s*(?:-{1,3}|–|—|:)\s*"
_PLACE = r"[A-Z][A-Z.'’-]+(?:[ -][A-Z][A-Z.'’-]*)*"
_MIXED_PLACE = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}"
_DAY = r"(?:,?\s+(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8})\.?)?"
_DATELINE = re.compile(
    rf"(?:dateline:\s*)?(?:"
    rf"{_PLACE}(?:,\s+{_MIXED_PLACE}){{0,2}}{_DAY},?\s*\((?i:{_AGENCY})\)(?:{_DASH}|\s+(?=[A-Z]))"  # VIENNA (AP) -
    rf"|{_MIXED_PLACE}(?:,\s+{_MIXED_PLACE}){{0,2}}{_DAY},?\s*\((?i:{_AGENCY})\){_DASH}"  # Hanoi, Vietnam (AP) -
    rf"|\((?i:{_AGENCY})\){_DASH}"  # (Reuters) -
    rf"|{_PLACE}(?:,\s+{_MIXED_PLACE}){{0,2}}{_DAY}\s*(?:\s-{{1,3}}\s|\s?[–—]\s?|\s-{{2}})\s*"  # LONDON, March 3 -
    rf"|[A-Z][a-z]{{3,}}(?:,\s+{_MIXED_PLACE})?\s?[–—]\s?(?=[A-Z][a-z]*\s[a-z])"  # Springfield – Several
    rf"|(?:[A-Z]{{3,}}(?: [A-Z]{{3,}})+|[A-Z]{{5,}})(?:, [A-Z][a-z]+)?:\s+(?=[A-Z][a-z])"  # NEW DELHI:
    rf")"
)
_LABELLED_DATELINE = re.compile(r"dateline:\s*[^\n—–-]{2,60}\s?[—–-]+\s*", re.IGNORECASE)
_NOT_A_PLACE = re.compile(r"^(?:BREAKING|UPDATE|UPDATED|EXCLUSIVE|WATCH|VIDEO|LIVE|OPINION|ANALYSIS|NOTE|WARNING)\b")
_LINE_STARTS = tuple(sorted(page_words("line_starts")))
_LINE_ENDS = tuple(sorted(page_words("line_ends")))
_ABBREVIATED_MONTH = 3
_MOST_DATE_WORDS = 16
_MOST_LINE_WORDS = 18
_MOST_LABEL_WORDS = 4
_MOST_BYLINE_WORDS = 16


def read_date(line: str) -> str | None:
    """The ISO date in a line, where it gives one with day, month and year."""
    iso = _ISO_DATE.search(line)
    if iso:
        return _as_iso(iso[1], iso[2], iso[3])
    for m in _MONTH_FIRST.finditer(line):
        if month := _month_number(m[1]):
            return _as_iso(m[3], month, m[2])
    for m in _DAY_FIRST.finditer(line):
        if month := _month_number(m[2]):
            return _as_iso(m[3], month, m[1])
    return None


def is_date_line(line: str) -> bool:
    """Whether the line does nothing but tell when ("Monday, May 18, 2015", "Published 3 hours ago")."""
    tokens = [t.lower() for t in _DATE_TOKEN.findall(line)]
    if not 1 < len(tokens) <= _MOST_DATE_WORDS:
        return bool(tokens) and bool(_ISO_DATE.fullmatch(line))
    known = page_words("date_words")
    dated = "ago" in tokens or any(_month_number(t) or t.startswith("20") for t in tokens)
    return dated and all(t[0].isdigit() or t in known or _month_number(t) for t in tokens)


def read_byline(line: str) -> str | None:
    """The names in a byline ("By Jane Doe and John Roe, Daily News" -> "Jane Doe and John Roe, Daily News")."""
    line = line.strip("*_ ")
    if len(line.split()) > _MOST_BYLINE_WORDS:
        return None
    m = _BYLINE.match(line)
    name = m["name"].strip(" ,|") if m else ""
    parts = name.replace(",", " ").split()
    if parts and parts[0][0].isupper() and all(_NAME_PART.fullmatch(part) for part in parts):
        return name
    return line if _NAME_AND_POST.fullmatch(line) else None


def is_boilerplate(line: str) -> bool:
    """Whether the line only invites, links, credits or advertises."""
    low = line.lower().strip("*_#>•-–— ").replace("’", "'")
    bare = low.rstrip(".:!…› »>")
    if not any(c.isalnum() for c in low) or bare in page_words("whole_lines"):
        return True
    if len(low.split()) > _MOST_LINE_WORDS:
        return False
    if bare.endswith(_LINE_ENDS):
        return True
    # The whole tuple at once is quick; only the few lines that pass are looked at entry by entry.
    return low.startswith(_LINE_STARTS) and any(
        low.startswith(p) and not low[len(p) : len(p) + 1].isalnum() for p in _LINE_STARTS
    )


def is_section_label(line: str) -> bool:
    """Whether the line is the name of a section or a trail of them ("Home > World > Europe")."""
    low = line.lower().strip("*_#• ")
    if re.search(r"\s[>»›|/]\s", low):
        return (
            all(len(part.split()) <= _MOST_LABEL_WORDS for part in re.split(r"\s[>»›|/]\s", low))
            and len(low.split()) <= _MOST_LINE_WORDS
            and low.split(None, 1)[0] in {"home", *page_words("sections")}
        )
    return low.rstrip(":") in page_words("sections")


def signs_a_quotation(line: str) -> bool:
    """Whether the line names who wrote the post above it, or is a quotation signed with a dash."""
    return bool(_TWEET_SIGNATURE.match(line) or _SIGNED.match(line))


def dateline_end(line: str) -> int:
    """How many characters of the line are its dateline ("HANOI, Vietnam (AP) - "); 0 where it has none."""
    m = _LABELLED_DATELINE.match(line) or _DATELINE.match(line)
    if m is None or _NOT_A_PLACE.match(line) or m.end() >= len(line):
        return 0
    return m.end()


def _month_number(word: str) -> int | None:
    low = word.lower().rstrip(".")
    for number, name in enumerate(_MONTHS, 1):
        if low == name or (len(low) >= _ABBREVIATED_MONTH and name.startswith(low)):
            return number
    return None


def _as_iso(year: str, month: int | str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
