"""Time of the tagger alone, on one thread and on two, and how it grows; nothing here is a test.

python -m tests.bench.tagging
"""

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from bot.analysis.parsing import Article
from bot.analysis.tagger.model import load_tagger
from tests.bench.analysis import make_text, name_machine
from tests.bot.analysis.articles import parse

_RUNS = 15
_PARALLEL = 4


def main() -> None:
    """Measure and print."""
    print(f"{name_machine()}\n")
    article = parse(make_text(700))
    for threads in (1, 2):
        print(f"700 words, {threads} thread(s): {median_ms(lambda t=threads: tag(article, threads=t)):.0f} ms")  # type: ignore[misc]  # mypy does not type lambda defaults
    for words in (700, 1_400, 2_800, 7_000):
        long = parse(make_text(words))
        taken = median_ms(lambda a=long: tag(a, threads=1), runs=3)  # type: ignore[misc]  # the same
        print(f"{words:,} words, 1 thread: {taken:.0f} ms, {1000 * taken / words:.0f} µs a word")
    began = time.perf_counter()
    with ThreadPoolExecutor(_PARALLEL) as pool:
        list(pool.map(lambda _n: tag(article, threads=1), range(4 * _PARALLEL)))
    each = 1000 * (time.perf_counter() - began) / (4 * _PARALLEL)
    print(f"{_PARALLEL} at a time, 700 words each, 1 thread: {each:.0f} ms a document")


def tag(article: Article, *, threads: int) -> None:
    """One pass over the article."""
    load_tagger(threads=threads).tag(article)


def median_ms(measured: Callable[[], object], *, runs: int = _RUNS) -> float:
    """Median wall time in milliseconds, after one run that is not counted."""
    measured()
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        measured()
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times)


if __name__ == "__main__":
    main()
