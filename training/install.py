"""Put exported weights into the package and their checksums into its card: `python -m training.install EXPORT_DIR`.

Without EXPORT_DIR, only the checksums of what is there are written anew.
"""

import argparse
import re
import shutil
from importlib.resources import files
from pathlib import Path

from bot.analysis.tagger.model import WEIGHTS, checksum

_PACKAGE = Path(str(files("bot.analysis.tagger")))


def install(exported: Path) -> None:
    """Copy those of the shipped files that the folder holds."""
    for name in WEIGHTS:
        if (exported / name).is_file():
            shutil.copyfile(exported / name, _PACKAGE / name)


def write_checksums() -> None:
    """State the SHA-256 of every shipped file in MODEL_CARD.md, in the row that names it."""
    card = _PACKAGE / "MODEL_CARD.md"
    text = card.read_text(encoding="utf-8")
    for name in WEIGHTS:
        row = re.compile(rf"(\| `{re.escape(name)}` \|.*\| )`[0-9a-f]*`( \|)")
        text = row.sub(rf"\g<1>`{checksum(name)}`\g<2>", text)
    card.write_text(text, encoding="utf-8")


def main() -> None:
    """Install, then write the checksums."""
    parser = argparse.ArgumentParser(description="Install exported weights.")
    parser.add_argument("exported", type=Path, nargs="?")
    asked = parser.parse_args()
    if asked.exported:
        install(asked.exported)
    write_checksums()


if __name__ == "__main__":
    main()
