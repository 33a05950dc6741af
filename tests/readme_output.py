"""Write into the README what the tool prints for the seed article.

python -m tests.readme_output            say whether the README shows the real output (exit code 1 where not)
python -m tests.readme_output --write    put the real output there
"""

import re
import subprocess
import sys
from pathlib import Path

from tests.seed import SEED_FILE

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"

_BLOCK = re.compile(r"(<!-- seed output.*?-->\n```text\n)(.*?)(```\n<!-- end of seed output -->)", re.DOTALL)


def read_shown() -> str:
    """What the README shows; LookupError where it has no block for it."""
    found = _BLOCK.search(README.read_text(encoding="utf-8"))
    if found is None:
        msg = "the README has no block for the seed output"
        raise LookupError(msg)
    return found.group(2)


def run_on_seed() -> str:
    """What the command prints for the seed article, in a process of its own and 100 columns."""
    ran = subprocess.run(  # noqa: S603  the command is this project's own
        [sys.executable, "-m", "adapters.terminal.cli", "check", "--no-store", str(SEED_FILE)],
        cwd=ROOT,
        env={"COLUMNS": "100", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        check=True,
    )
    return ran.stdout.decode("utf-8").replace("\r\n", "\n")


def main() -> int:
    """Compare, or with --write replace; 0 where the README shows the real output in the end."""
    real = run_on_seed()
    if real == read_shown():
        return 0
    if "--write" not in sys.argv[1:]:
        sys.stderr.write("The README shows another output. Refresh it: python -m tests.readme_output --write\n")
        return 1
    readme = README.read_text(encoding="utf-8")
    README.write_text(_BLOCK.sub(lambda block: block.group(1) + real + block.group(3), readme), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
