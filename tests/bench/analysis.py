"""Time and memory of a check, as a table with the machine named.

    python -m tests.bench.analysis            everything; about a minute
    python -m tests.bench.analysis --markdown the same as rows for the README

The texts are made up from a stock of sentences, so that length is the only thing that changes.
"""

import argparse
import asyncio
import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count, islice
from pathlib import Path

from bot.analysis import check
from bot.reading import Reader, read_file, read_text
from tests.seed import SEED_FILE

ROOT = Path(__file__).parents[2]
LENGTHS = (100, 700, 1_000, 2_000, 7_000, 10_000, 20_000)  # words
RUNS = 15
PAGES = 40

_STOCK = (
    "The harbour at Port Example will close for {n} days, the port authority said on Monday.",
    "“We counted {n} cracks in the eastern wall,” said Ann Example, the engineer who led the survey.",
    "A report by the Institute for Examples found that repairs would cost ${n} million, twice the first estimate.",
    "Fishermen fear for their trade, according to two people familiar with the talks.",
    "It is understood that the mayor was told of the damage in March.",
    "About {n} people work in the harbour.",
    "Ms Example told The Example Times that a colleague had warned her that the wall might not last the winter.",
    "The council denied that it had ignored the warnings, and a spokesman declined to comment on the cost.",
    "“Nobody listened,” one resident said, pointing at the flooded yard behind his house.",
    "Police said {n} boats had been moved before the storm reached the coast.",
)


def make_text(words: int, *, number: int = 0) -> str:
    """A made-up article of at least so many words, three sentences a paragraph; `number` tells articles apart."""
    sentences = (_STOCK[i % len(_STOCK)].format(n=7 + (i + number) % 90) for i in count())
    paragraphs: list[str] = []
    length = 0
    while length < words:
        paragraph = " ".join(islice(sentences, 3))
        length += len(paragraph.split())
        paragraphs.append(paragraph)
    return "\n\n".join(paragraphs)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Time and memory of a check.")
    parser.add_argument("--markdown", action="store_true", help="rows for the README")
    as_markdown = parser.parse_args().markdown
    stay_on_one_core()
    print(f"One core of {name_machine()}.\n")
    for name, value in measure():
        print(f"| {name} | {value} |" if as_markdown else f"{name:58s} {value}")


def measure() -> Iterator[tuple[str, str]]:
    """Every figure as a name and a value with its unit."""
    taken = {}
    for words in LENGTHS:
        runs = RUNS if words <= 2_000 else 3
        texts = iter([make_text(words, number=number) for number in range(runs + 1)])
        taken[words] = median_ms(partial(check_next, texts), runs=runs, clock=time.process_time)
        yield f"reading and checking {words:,} words, CPU time, median of {runs}", f"{taken[words]:.0f} ms"
    for short, long in ((100, 1_000), (700, 7_000), (1_000, 10_000), (2_000, 20_000)):
        yield f"time of {long:,} words over that of {short:,}", f"{taken[long] / taken[short]:.1f}"
    yield "memory of this process after that (peak RSS)", f"{peak_megabytes(resource.RUSAGE_SELF):.0f} MB"
    cold = median_ms(run_command, runs=7, clock=time.perf_counter)
    yield "cold start of `claimcheck check FILE`, the seed article", f"{cold / 1000:.2f} s"
    yield "memory of that command (peak RSS)", f"{peak_megabytes(resource.RUSAGE_CHILDREN):.0f} MB"
    yield f"pages of HTML read, {PAGES} of 700 words", f"{asyncio.run(pages_a_second()):.0f} a second"


def check_next(texts: Iterator[str]) -> None:
    """Read and check the next text: each is met once, so that nothing is remembered from the run before."""
    check(read_text(next(texts)))


def median_ms(measured: Callable[[], object], *, runs: int, clock: Callable[[], float]) -> float:
    """Median time in milliseconds by the clock, after one run that is not counted."""
    measured()
    times = []
    for _ in range(runs):
        began = clock()
        measured()
        times.append(1000 * (clock() - began))
    return statistics.median(times)


def run_command() -> None:
    """The command on the seed article, in a process of its own."""
    subprocess.run(  # noqa: S603  the command is this project's own
        [sys.executable, "-m", "adapters.terminal.cli", "check", "--no-store", str(SEED_FILE)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        check=True,
    )


async def pages_a_second() -> float:
    """Pages of HTML read by one warm reader, one after the other."""
    text = make_text(700)
    body = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
    page = (
        f"<!doctype html><html lang=en><title>Harbour</title><article><h1>Harbour</h1>{body}</article></html>".encode()
    )
    async with Reader() as reader:
        await read_file("page.html", page, reader=reader)
        began = time.perf_counter()
        for _ in range(PAGES):
            await read_file("page.html", page, reader=reader)
        return PAGES / (time.perf_counter() - began)


def stay_on_one_core() -> None:
    """Keep this process and its children on one core, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def name_machine() -> str:
    """Processor, cores, system and Python."""
    cpuinfo = Path("/proc/cpuinfo")
    model = re.search(r"model name\s*: (.+)", cpuinfo.read_text(encoding="utf-8")) if cpuinfo.exists() else None
    processor = model.group(1) if model else platform.processor() or platform.machine()
    return f"{processor}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def peak_megabytes(who: int) -> float:
    """Peak resident memory of this process, or of the largest of its children."""
    peak = resource.getrusage(who).ru_maxrss
    return peak / 1e6 if platform.system() == "Darwin" else peak / 1e3


if __name__ == "__main__":
    main()
