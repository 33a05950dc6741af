"""Write docs/dependencies.md: every package that is installed with claimcheck, its version and its licence.

python -m tests.dependency_list --write    from what is installed here (an environment made with constraints.txt)
"""

import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "dependencies.md"
_HEAD = """\
# Dependencies

What is installed with claimcheck, as its tests run with it, and under which licence each package says it stands.
Written by `python -m tests.dependency_list --write` from the packages' own metadata. For known vulnerabilities, run
`pip-audit -r constraints.txt` where the network allows it. The LGPL and MPL packages are used as they are published, as
libraries beside this code.

| package | version | licence |
|---|---|---|
"""
_LONGEST = 60  # some packages put the whole text of their licence where its name belongs


def find_packages() -> tuple[str, ...]:
    """The names of all packages that claimcheck needs at run time, directly or not, in order."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    open_: list[Requirement] = [Requirement(entry) for entry in project["dependencies"]]
    found: dict[str, None] = {}
    while open_:
        wanted = open_.pop()
        name = canonicalize_name(wanted.name)
        try:
            inner = [Requirement(entry) for entry in distribution(name).requires or ()]
        except PackageNotFoundError:
            continue
        extras = wanted.extras or {""}
        new = [one for one in inner if one.marker is None or any(one.marker.evaluate({"extra": e}) for e in extras)]
        open_.extend(new if name not in found or wanted.extras else ())
        found[name] = None
    return tuple(sorted(found))


def read_licence(name: str) -> str:
    """What a package says of its licence: its SPDX expression, else its classifiers, else the first line it has."""
    told = distribution(name).metadata
    if told["License-Expression"]:
        return str(told["License-Expression"])
    classified = [
        entry.rpartition("::")[2].strip() for entry in told.get_all("Classifier", []) if "License ::" in entry
    ]
    named = [entry for entry in classified if entry != "OSI Approved"]
    first = next(iter((told["License"] or "").splitlines()), "")
    return ", ".join(named) or first[:_LONGEST] or "not stated"


def render_page() -> str:
    """The whole page."""
    rows = [f"| {name} | {distribution(name).version} | {_cell(read_licence(name))} |" for name in find_packages()]
    return _HEAD + "\n".join(rows) + "\n"


def _cell(text: str) -> str:
    return re.sub(r"\s*\|\s*", "/", text)


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        PAGE.write_text(render_page(), encoding="utf-8")
    else:
        sys.stdout.write(render_page())
