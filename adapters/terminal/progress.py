"""A sign of life on standard error while links are fetched or many inputs are checked."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from handlers.printable import make_printable


class SignOfLife:
    """A line with a spinner, what is being waited for, and the seconds so far; nothing where nobody watches."""

    def __init__(self, *, total: int, console: Console) -> None:
        self._total = total
        columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
        self._progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._task = self._progress.add_task("", total=total)

    def wait_for(self, given: str, *, number: int) -> None:
        """Show which input is awaited (`number` counts from 1)."""
        counted = f"{number} of {self._total}  " if self._total > 1 else ""
        self._progress.update(self._task, description=f"Checking {counted}{make_printable(given)[:60]}")

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Show the line inside the block and wipe it after, so that answers never mix with it."""
        self._progress.start()
        try:
            yield
        finally:
            self._progress.stop()
