"""House rules of templates: nothing inline, nothing unsafe, nothing unused, nothing missing."""

import ast
import re
from pathlib import Path

import pytest
from django.template import Engine

from portal import house

FOLDER = house.ROOT / "templates"
TEMPLATES = sorted(path for path in FOLDER.rglob("*") if path.is_file() and path.suffix in {".html", ".txt", ".xml"})
NAMES = [path.relative_to(FOLDER).as_posix() for path in TEMPLATES]
INCLUDED = re.compile(r"{%\s*(?:extends|include)\s+[\"']([^\"'|]+)[\"'](?!\|)")
BUILT = re.compile(r"{%\s*(?:extends|include)\s+[\"']([^\"']+)[\"']\|add:")  # the first part of a name
# Asked for by their fixed names: by Django itself and by packages whose pages we override.
BY_NAME = re.compile(
    r"(\d{3}|django/.*|account/.*|mfa/.*|socialaccount/.*|allauth/.*|rest_framework/.*|drf_spectacular/.*)"
)

# Parts of the design system that wait for their first page.
SHELF: set[str] = set()

INLINE = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "script with a body": re.compile(r"<script\b[^>]*>\s*[^<\s]", re.IGNORECASE),
    "script without src": re.compile(r"<script\b(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "javascript: address": re.compile(r"javascript:", re.IGNORECASE),
}
UNSAFE = re.compile(r"\|\s*safe(seq)?\b|{%\s*autoescape\s+off|{%\s*filter\s+safe")


def text(name: str) -> str:
    return re.sub(
        r"{#.*?#}|{%\s*comment.*?endcomment\s*%}", "", (FOLDER / name).read_text(encoding="utf-8"), flags=re.S
    )


@pytest.mark.parametrize("kind", INLINE)
def test_nothing_is_inline(kind: str) -> None:
    found = [name for name in NAMES if INLINE[kind].search(text(name))]
    assert not found, f"The content policy refuses a {kind}; use a class, or a script in assets/js: {found}"


def test_nothing_skips_escaping() -> None:
    found = [name for name in NAMES if UNSAFE.search(text(name))]
    assert not found, f"Build markup with format_html in a template tag: {found}"


def test_every_template_compiles() -> None:
    for name in NAMES:
        assert Engine.get_default().get_template(name).name == name


def test_every_included_template_exists() -> None:
    wanted = {included for name in NAMES for included in INCLUDED.findall(text(name))}
    for name in sorted(wanted | _names_in_code()):
        assert Engine.get_default().get_template(name), f"{name} is asked for and does not exist"


def test_every_template_is_used() -> None:
    included = {wanted for name in NAMES for wanted in INCLUDED.findall(text(name))}
    begun = tuple(start for name in NAMES for start in BUILT.findall(text(name)))
    patterns = [re.compile(_pattern(name)) for name in _names_in_code() | _patterns_in_code()]
    unused = [
        name
        for name in NAMES
        if name not in included
        and not name.startswith(begun)
        and not BY_NAME.match(name)
        and not any(pattern.fullmatch(name) for pattern in patterns)
    ]
    assert set(unused) <= SHELF, f"Delete them, or use them: {sorted(set(unused) - SHELF)}"
    assert set(unused) >= SHELF, f"Used now; take them off the shelf: {sorted(SHELF - set(unused))}"


def _pattern(name: str) -> str:
    return re.escape(name).replace(r"\*", ".+")


def _is_name(value: str) -> bool:
    """Ours are written small; METS.xml and the like are files that we make."""
    return re.fullmatch(r"[a-z\d_*-]+(/[a-z\d_*-]+)*\.(html|txt|xml)", value) is not None


def _names_in_code() -> set[str]:
    """Template names written out in the product's code."""
    return {
        node.value
        for path in _code()
        for node in ast.walk(house.tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if _is_name(node.value) and "*" not in node.value
    }


def _patterns_in_code() -> set[str]:
    """Names built at run time, such as f"errors/{status}.html", with a star for what is filled in."""
    found = set()
    for path in _code():
        for node in ast.walk(house.tree(path)):
            if isinstance(node, ast.JoinedStr):
                parts = [part.value if isinstance(part, ast.Constant) else "*" for part in node.values]
                found.add("".join(str(part) for part in parts))
    return {name for name in found if _is_name(name) and not name.startswith("*")}


def _code() -> list[Path]:
    return [path for path in house.product_files() if house.relative(path).split("/")[0] in house.PACKAGES]
