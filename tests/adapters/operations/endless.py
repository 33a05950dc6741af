"""The `claimcheck` command, but for an analysis that never ends: it writes its process's number and holds still.

python -m tests.adapters.operations.endless FILE ARGUMENT...
"""

import os
import sys
import threading
from functools import partial
from pathlib import Path
from unittest.mock import patch

from adapters.operations import serving
from adapters.terminal.cli import run
from bot.analyser import Analyser
from bot.document import Document
from bot.report import Report


def never_end(_document: Document, *, began: Path) -> Report:
    """In a process of the analysis: say which one it is, and go on for ever."""
    draft = began.with_suffix(".new")
    draft.write_text(str(os.getpid()))
    draft.replace(began)
    while True:
        threading.Event().wait()


if __name__ == "__main__":
    analyse = partial(never_end, began=Path(sys.argv[1]))
    with patch.object(serving, "Analyser", partial(Analyser, analyse=analyse)):
        sys.exit(run(sys.argv[2:]))
