"""What is written for people agrees with the code."""

import re
import tomllib
from importlib.resources import files

import pytest

from adapters.terminal.arguments import build_parser
from adapters.terminal.asked import ExitCode
from bot import __version__
from bot.report import Band, Directness, FlagKind, Grade, SourceKind
from tests.readme_output import ROOT, read_shown, run_on_seed

README = (ROOT / "README.md").read_text(encoding="utf-8")
GRADING = (ROOT / "docs" / "grading.md").read_text(encoding="utf-8")
REPORT = (ROOT / "docs" / "report.md").read_text(encoding="utf-8")
HELP = build_parser().format_help()


def commands_of(text: str) -> list[str]:
    return [line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]


def test_the_readme_shows_what_the_tool_really_prints_for_the_seed_article() -> None:
    assert read_shown() == run_on_seed(), "refresh it: python -m tests.readme_output --write"


def test_the_examples_of_the_readme_are_those_of_the_help() -> None:
    block = re.search(r"<!-- examples.*?```sh\n(.*?)```", README, re.DOTALL)
    assert block is not None
    shown = [re.split(r"\s{2,}(?:# )?|\s# ", line.strip()) for line in block.group(1).splitlines()]
    helped = [
        re.split(r"\s{2,}", line.strip())
        for line in HELP.splitlines()
        if line.startswith(("  claimcheck", "  pbpaste"))
    ]
    assert shown == helped


def test_every_example_can_be_parsed() -> None:
    parser = build_parser()
    examples = [
        re.sub(r"\s{2,}.*|^.*\| ", "", line.strip()) for line in HELP.splitlines() if "claimcheck check" in line
    ]
    assert len(examples) >= 6
    for example in examples:
        assert parser.parse_args(example.split("#")[0].split()[1:]).command == "check"


def test_every_option_of_the_help_is_in_the_readme() -> None:
    check = build_parser().parse_args(["check", "x"])
    assert check.command == "check"
    for option in ("--json", "--jsonl", "--markdown", "--all", "--annotate", "--no-color", "--again", "--no-store"):
        assert option in README


@pytest.mark.parametrize("code", ExitCode)
def test_every_exit_code_is_told_in_the_readme_as_in_the_help(code: ExitCode) -> None:
    told = re.search(rf"^  {code.value}  (.+)$", HELP, re.MULTILINE)
    assert told is not None
    assert f"| {code.value} | {told.group(1)} |" in README


def test_the_two_commands_of_the_readme_set_up_with_pinned_versions_and_name_files_that_exist() -> None:
    run, test = (line for line in commands_of(README) if line.startswith("python3 -m venv"))
    assert run.endswith("claimcheck check seeds/putin-crisis-diplomats-defect.txt")
    assert test.endswith("-m pytest --cov")
    for command in (run, test):
        assert "-c constraints.txt" in command
    assert (ROOT / "constraints.txt").is_file()


def test_continuous_integration_runs_the_test_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "README.md" in script
    assert "pytest --cov" in script


def test_the_constraints_pin_every_dependency_and_name_no_index() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert [pin for pin in pins if not re.fullmatch(r"[\w.-]+==[\w.!+-]+", pin)] == []
    pinned = {_normal(pin.split("==")[0]) for pin in pins}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["test"], *extras["dev"]]
    names = {_normal(re.split(r"[<>=\[; ]", entry)[0]) for entry in wanted} - {"claimcheck-bot"}
    assert names - pinned == set()


def test_the_list_of_dependencies_has_every_one_in_the_pinned_version() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = dict(line.split("==") for line in lines if line and not line.startswith("#"))
    versions = {_normal(name): version for name, version in pinned.items()}
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| ([\w.-]+) \| ([\w.!+-]+) \| .+ \|$", page, re.MULTILINE))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {_normal(re.split(r"[<>=\[; ]", entry)[0]) for entry in project["dependencies"]}
    del listed["package"]  # the head of the table
    assert wanted - set(listed) == set(), "refresh it: python -m tests.dependency_list --write"
    assert {name: version for name, version in listed.items() if versions.get(name) != version} == {}


@pytest.mark.parametrize("kind", SourceKind)
def test_every_source_kind_is_defined(kind: SourceKind) -> None:
    assert f"| `{kind.value}` |" in GRADING


@pytest.mark.parametrize("flag", FlagKind)
def test_every_flag_is_defined(flag: FlagKind) -> None:
    assert f"| `{flag.value}` |" in GRADING


@pytest.mark.parametrize("grade", Grade)
def test_every_grade_is_defined_with_its_label_and_band(grade: Grade) -> None:
    for text in (GRADING, README):
        row = re.search(rf"^\| {grade.value} \| {re.escape(grade.label)} \|.*\| (\w+) \|$", text, re.MULTILINE)
        assert row is not None
        assert Band(row.group(1)) is grade.band


@pytest.mark.parametrize("directness", Directness)
def test_every_directness_is_named_in_the_contract(directness: Directness) -> None:
    assert f"`{directness.value}`" in REPORT


def test_every_link_between_documents_leads_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")]
    for page in pages:
        for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
            assert target.startswith("https://") or (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_changelog_opens_with_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    latest = re.search(r"^## (\S+)", changelog, re.MULTILINE)
    assert latest is not None
    assert latest.group(1) == __version__


def test_data_files_lie_inside_the_packages_so_that_they_ship() -> None:
    schemas = files("bot") / "schemas"
    assert {entry.name for entry in schemas.iterdir()} == {"report-1.schema.json", "error-1.schema.json"}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
