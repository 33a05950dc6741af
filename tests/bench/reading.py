"""How fast pages are read.

Run by hand: python -m tests.bench.reading. Prints pages per second through the reading process, its start, and
what a hostile page of 5 MB costs.
"""

import asyncio
import platform
import time
from collections.abc import Iterator

from bot.errors import ClaimcheckError
from bot.reading import Media, Page, Reader, read_text
from tests.bot.reading.pages import ARTICLE, FOURTH, PARAGRAPH, SECOND, THIRD

_PAGES = 60
_LENGTHS = (100, 1000, 10_000)
_SIZE = 5_000_000


def main() -> None:
    """Measure and print, one figure a line."""
    print(f"{platform.machine()}, Python {platform.python_version()}")
    for words in _LENGTHS:
        print(f"read_text, {words:>6} words: {1000 * _seconds_to_read(words):7.1f} ms")
    asyncio.run(_measure_pages())


def _seconds_to_read(words: int) -> float:
    paragraphs = [PARAGRAPH, SECOND, THIRD, FOURTH]
    text = "\n\n".join(paragraphs * (words // sum(len(p.split()) for p in paragraphs) + 1))
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        read_text(text)
        best = min(best, time.perf_counter() - start)
    return best


async def _measure_pages() -> None:
    body = "".join(f"<p>{p} It was {n}.</p>" for n in range(7) for p in (PARAGRAPH, SECOND, THIRD, FOURTH))
    article = Page(content=ARTICLE.replace("</article>", f"{body}</article>").encode(), media=Media.HTML)
    async with Reader() as reader:
        start = time.perf_counter()
        await reader.read(article)
        print(f"first page, with the start of the process: {time.perf_counter() - start:.2f} s")
        start = time.perf_counter()
        for _ in range(_PAGES):
            await reader.read(article)
        print(f"warm: {_PAGES / (time.perf_counter() - start):.0f} pages of 900 words a second")
        for name, content in _hostile():
            start = time.perf_counter()
            try:
                await reader.read(Page(content=content, media=Media.HTML))
                outcome = "read"
            except ClaimcheckError as error:
                outcome = error.code
            print(f"hostile 5 MB, {name}: {time.perf_counter() - start:.2f} s, {outcome}")
            await reader.read(article)


def _hostile() -> Iterator[tuple[str, bytes]]:
    for name, piece in (
        ("nested", "<div>"),
        ("open paragraphs", "<p>a "),
        ("marks", "<&"),
        ("spans", "<span>x</span>"),
    ):
        yield name, f"<html><body>{piece * (_SIZE // len(piece))}".encode()


if __name__ == "__main__":
    main()
