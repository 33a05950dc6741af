"""Replies to render on every chat platform: every part, in every script, as long as they come."""

from dataclasses import replace

from bot.report import Band
from handlers.reply import (
    Card,
    ClaimLine,
    Explanation,
    FlagGroup,
    FlagItem,
    HistoryLine,
    HistoryList,
    HopLine,
    Notice,
    Passage,
    ReasonLine,
    Reply,
    ReplyFile,
    SettingLine,
    SettingsSheet,
    SourceLine,
    SourceList,
)
from handlers.wording import word_card
from tests.report_samples import seed_report

SCRIPTS = {
    "Chinese": "据消息人士透露外交官已经离开莫斯科并且不会返回",
    "Arabic": "قال مصدر دبلوماسي رفيع إن أكثر من عشرين شخصا غادروا البلاد ",
    "emoji": "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿🇺🇦👍🏽",
    "stars": "***___~~~|||```[[[",
    "one word": "x",
}


def seed_card(*, report_id: int | None = 7, everything: bool = False) -> Card:
    card = word_card(seed_report(), given="text", elapsed_ms=1)
    return replace(card, report_id=report_id, everything=everything)


def claim(number: int, words: str, *, band: Band = Band.WEAK) -> ClaimLine:
    passage = Passage(text=words, where="text")
    return ClaimLine(
        id=f"c{number}", claim=words, grade=1, label="Vague or second-hand", band=band,
        chain=(HopLine(name=words, footing="anonymous", title=words, quoted=True),), chain_note=words,
        quote=replace(passage, text=words + " indeed"), also=(passage, passage),
        reasons=(ReasonLine(text=words, passages=(passage,)), ReasonLine(text=words, passages=())),
    )  # fmt: skip


def long_card(words: str, *, claims: int = 40, everything: bool = False, report_id: int = 7) -> Card:
    bands = tuple(Band)
    lines = tuple(claim(number, words, band=bands[number % 4]) for number in range(1, claims + 1))
    item = FlagItem(passages=(Passage(text=words, where="headline"), Passage(text=words, where="text")), note=words)
    return replace(
        seed_card(report_id=report_id), headline=words, about=words, summary=words, key=lines[:20], rest=lines[20:],
        flags=tuple(FlagGroup(heading=f"Flag {number}", compares=True, items=(item,) * 6) for number in range(8)),
        safe_line=words, missing=(words,) * 12, notes=(words,) * 3, changes=(words,) * 3, stored=words,
        everything=everything,
    )  # fmt: skip


def every_part(words: str) -> tuple[Reply, ...]:
    lines = tuple(SourceLine(name=words, footing=words, title=words, claims=("c1", "c2")) for _ in range(60))
    history = tuple(
        HistoryLine(when="3 May", title=words, url="https://news.example/a", grades="2 weak", report_id=number)
        for number in range(30)
    )
    settings = tuple(
        SettingLine(name=f"setting-{number}", value=words, choices="a or b", explained="what it does")
        for number in range(9)
    )
    return tuple(
        Reply(parts=parts)
        for parts in (
            (Notice(text=words, given=words),),
            (Notice(text=""),),
            (Explanation(headline=words, line=claim(3, words), report_id=7),),
            (SourceList(headline=words, lines=lines, report_id=7),),
            (HistoryList(heading=words, lines=history),),
            (SettingsSheet(lines=settings, may_change=True),),
            (ReplyFile(name=f"{words}.md", text=words * 3, caption=words),) * 2,
            (long_card(words), Notice(text=words), long_card(words)),
            tuple(long_card(words, report_id=number) for number in range(10)),
        )
    )
