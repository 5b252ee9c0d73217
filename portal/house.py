"""Figures about the house itself, read from its files: sizes, rings, suppressions. No database, no request."""

import ast
import io
import re
import statistics
import tokenize
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("portal", "units", "staff", "documents", "services", "meetings", "integrations")
FILE_LIMIT = 400
FUNCTION_LIMIT = 60

SUPPRESSION = re.compile(r"#.*?\b(noqa|type:\s*ignore|pragma:\s*no|nosec|nosemgrep|pylint:\s*disable)\b", re.IGNORECASE)
EVENT_NAME = re.compile(r"[a-z_]+(\.[a-z_-]+){2,}")


@dataclass(frozen=True)
class Sized:
    """Something with a length in lines; `name` is a path, or a path and a function."""

    name: str
    lines: int


def _is_python(path: Path) -> bool:
    if path.suffix:
        return path.suffix == ".py"
    with path.open("rb") as file:
        first = file.readline(80)
    return first.startswith(b"#!") and b"python" in first


def _python_below(*folders: str) -> list[Path]:
    found = []
    for folder in folders:
        found += [path for path in (ROOT / folder).rglob("*") if path.is_file() and _is_python(path)]
    return sorted(path for path in found if not {"migrations", "__pycache__"} & set(path.parts))


@cache
def product_files() -> list[Path]:
    """Python files of the product. Migrations are left out: they are a record, nobody grows them."""
    return [ROOT / "manage.py", *_python_below(*PACKAGES, "bin", "bench")]


@cache
def test_files() -> list[Path]:
    return _python_below("tests")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def file_sizes(files: Iterable[Path]) -> list[Sized]:
    return [Sized(relative(path), len(path.read_text(encoding="utf-8").splitlines())) for path in files]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def function_sizes(files: Iterable[Path]) -> list[Sized]:
    sizes = []
    for path in files:
        for node in functions(path):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            sizes.append(Sized(f"{relative(path)}:{node.lineno} {node.name}", lines))
    return sizes


def suppressions(files: Iterable[Path]) -> list[tuple[str, str]]:
    """Every comment that silences a check: (place, comment)."""
    found = []
    for path in files:
        found += [(f"{relative(path)}:{line}", text) for line, text in comments(path) if SUPPRESSION.search(text)]
    return found


@cache
def comments(path: Path) -> list[tuple[int, str]]:
    """Comments of a file with their line numbers; strings that look like comments are none."""
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
    return [(token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT]


def app_of(module: str) -> str:
    """The app a module belongs to: `portal.events.models` -> `portal.events`, `units.queries` -> `units`."""
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "portal" else parts[0]


def app_imports() -> dict[str, set[str]]:
    """Which app imports which, from every import of the product, lazy ones included."""
    edges: dict[str, set[str]] = {}
    for path in _python_below(*PACKAGES):
        app = app_of(relative(path).removesuffix(".py").replace("/", "."))
        imported = {app_of(module) for module in _imported(path) if module.split(".")[0] in PACKAGES}
        edges.setdefault(app, set()).update(imported - {app, "portal"})
    return edges


def _imported(path: Path) -> Iterator[str]:
    """Modules that a file imports, each by its whole name."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module == "portal")


def ring(edges: Mapping[str, set[str]]) -> list[str]:
    """The largest set of apps of which each reaches every other by imports; empty when there is none."""
    reach = {app: _reachable(app, edges) for app in edges}
    rings = [sorted(other for other in reach[app] if app in reach.get(other, set())) for app in edges]
    return max(rings, key=len, default=[])


def _reachable(start: str, edges: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(edges.get(start, ()))
    while waiting:
        app = waiting.pop()
        if app not in seen:
            seen.add(app)
            waiting += edges.get(app, ())
    return seen


def enum_values(class_name: str | None = None) -> list[str]:
    """Values `app.subject.verb` of the enums of the product, of one class name only when given."""
    values = []
    for path in product_files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef) and (node.name == class_name or class_name is None):
                values += [value for value in _assigned_texts(node) if EVENT_NAME.fullmatch(value)]
    return values


def _assigned_texts(node: ast.ClassDef) -> Iterator[str]:
    for line in node.body:
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant) and isinstance(line.value.value, str):
            yield line.value.value


def requirements(name: str) -> list[str]:
    """Package names of a list of direct requirements, without extras and versions."""
    found = []
    for raw in (ROOT / name).read_text(encoding="utf-8").splitlines():
        line = raw.split("#")[0].strip()
        if line and not line.startswith("-"):
            found.append(re.split(r"[\[<>=~!; ]", line)[0].lower())
    return found


def median(sizes: Iterable[Sized]) -> int:
    return int(statistics.median([size.lines for size in sizes] or [0]))


def largest(sizes: Iterable[Sized]) -> Sized:
    return max(sizes, key=lambda size: size.lines, default=Sized("-", 0))


def over(sizes: Iterable[Sized], limit: int) -> list[Sized]:
    return sorted((size for size in sizes if size.lines > limit), key=lambda size: -size.lines)
