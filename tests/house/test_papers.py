"""House rules of papers: dependencies have their reasons, links lead somewhere, nothing points at one machine."""

import json
import re
from importlib import metadata

import pytest

from portal import house
from tests.house.files import papers, text, tracked

DEPENDENCIES = house.ROOT / "docs" / "dependencies.md"
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
# Host names of package registries, in two halves so that this file does not break its own rule.
REGISTRIES = [
    f"{name}.{end}"
    for name, end in (
        ("pypi", "org"),
        ("python" + "hosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("npmmirror", "com"),
    )
]
MADE_LATER = {"deploy/secrets"}  # by whoever runs the portal; never committed
MACHINE_PATH = re.compile(r"(?<![\w.~}])/(?:work|home|root|Users)/[\w.-]+")


def _front_end() -> set[str]:
    package = json.loads((house.ROOT / "assets" / "package.json").read_text(encoding="utf-8"))
    return {*package.get("dependencies", {}), *package.get("devDependencies", {})}


def _direct() -> set[str]:
    return {*house.requirements("requirements.in"), *house.requirements("dev.in"), *_front_end()}


def _named() -> dict[str, list[str]]:
    """Rows of the tables: package -> its other cells."""
    rows = [line.strip("| ").split("|") for line in text(DEPENDENCIES).splitlines() if line.startswith("| `")]
    return {row[0].strip().strip("`"): [cell.strip() for cell in row[1:]] for row in rows}


def test_every_dependency_is_named_with_its_reason() -> None:
    unnamed = sorted(_direct() - set(_named()))
    assert not unnamed, f"Add a row to docs/dependencies.md, or do without: {unnamed}"


def test_no_dependency_is_named_that_is_not_used() -> None:
    unused = sorted(set(_named()) - _direct())
    assert not unused, f"Strike the row in docs/dependencies.md: {unused}"


def test_every_named_dependency_has_licence_reason_and_alternative() -> None:
    thin = [name for name, cells in _named().items() if len(cells) != 4 or not all(cells)]
    assert not thin, f"Each row: package, version, licence, why, instead of: {thin}"


def _locked() -> list[str]:
    return re.findall(r"^([A-Za-z0-9][\w.-]*)==", text(house.ROOT / "requirements.lock"), flags=re.MULTILINE)


def _licence(name: str) -> str:
    """What the package says of its licence; empty when it is not for this platform."""
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    short = [
        value for key in ("License-Expression", "License") for value in about.get_all(key) or [] if len(value) < 200
    ]
    return " / ".join([*short, *(line for line in about.get_all("Classifier") or [] if line.startswith("License"))])


def _is_strong(licence: str) -> bool:
    """GPL or AGPL; the lesser GPL does not bind who only uses a library."""
    lesser = re.search(r"LGPL|Lesser General Public", licence)
    return not lesser and re.search(r"GPL|General Public License|Affero", licence) is not None


def test_no_package_of_the_running_portal_is_gpl() -> None:
    bound = {name: _licence(name) for name in _locked() if _is_strong(_licence(name))}
    assert not bound, f"Their terms would bind the portal: {bound}"


def test_no_file_names_a_package_registry() -> None:
    found = [f"{house.relative(path)}: {host}" for path in tracked() for host in REGISTRIES if host in text(path)]
    assert not found, f"Each machine brings its own registry: {found}"


def test_no_file_names_a_path_of_one_machine() -> None:
    found = [f"{house.relative(path)}: {hit}" for path in tracked() for hit in MACHINE_PATH.findall(text(path))]
    assert not found, f"Write paths relative to the project: {found}"


def test_locks_hold_hashes_and_no_addresses() -> None:
    for name in ("requirements.lock", "dev.lock"):
        lock = text(house.ROOT / name)
        assert "://" not in lock, f"{name}: lock again without addresses"
        assert lock.count("--hash=sha256:") >= lock.count("=="), f"{name}: lock again with hashes"
    packages = json.loads(text(house.ROOT / "assets" / "package-lock.json"))["packages"]
    addressed = [name for name, package in packages.items() if "resolved" in package]
    assert not addressed, f"npm install --omit-lockfile-registry-resolved: {addressed[:5]}"
    unhashed = [name for name, package in packages.items() if name and "integrity" not in package]
    assert not unhashed, f"Without a hash: {unhashed[:5]}"


def test_links_of_papers_lead_somewhere() -> None:
    broken = []
    for paper in papers():
        for match in LINK.finditer(text(paper)):
            target = (match[1] or match[2]).split("#")[0]
            if (
                target
                and "://" not in target
                and not target.startswith("mailto:")
                and not (paper.parent / target).exists()
            ):
                broken.append(f"{house.relative(paper)} -> {target}")
    assert not broken, f"Mend or strike: {broken}"


def test_files_that_papers_name_exist() -> None:
    """`tests/cast.py` in a paper is a promise; what a paper calls <app>/… or makes at run time is none."""
    tops = {path.relative_to(house.ROOT).parts[0] for path in tracked()} - {"en"}
    missing = []
    for paper in papers():
        for words in CODE.findall(text(paper)):
            name = words.split()[0].removesuffix("/")
            looks = re.fullmatch(r"[\w.-]+(/[\w.-]+)+", name) and name.split("/")[0] in tops
            if looks and name not in MADE_LATER and not (house.ROOT / name).exists():
                missing.append(f"{house.relative(paper)}: {name}")
    assert not missing, f"Named but not there: {missing}"


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE", "THIRD_PARTY.md"])
def test_paper_is_there(name: str) -> None:
    assert len(text(house.ROOT / name)) > 200, f"{name} says what a newcomer needs"


def test_decisions_are_numbered_without_gap() -> None:
    names = [path.name for path in papers() if path.parent.name == "decisions"]
    assert [name[:4] for name in sorted(names)] == [f"{number:04d}" for number in range(1, len(names) + 1)]


@pytest.mark.parametrize("heading", ["## Context", "## Decision", "## Price", "## Look again when"])
def test_every_decision_has_its_parts(heading: str) -> None:
    partial = [path.name for path in papers() if path.parent.name == "decisions" and heading not in text(path)]
    assert not partial, f"Add “{heading}”: {partial}"
