"""Reads texts for translation: from code, from templates, and from catalogues. Needs no gettext on the machine."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from portal import house

ONE, PLURAL, CONTEXT = (
    {"gettext", "gettext_lazy", "gettext_noop", "_"},
    {"ngettext", "ngettext_lazy"},
    {"pgettext", "pgettext_lazy"},
)
CONTEXT_PLURAL = {"npgettext", "npgettext_lazy"}
STRING = r"u?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")"
CALL = re.compile(rf"\b(n?p?gettext|_)\(\s*({STRING}(?:\s*,\s*{STRING})*)", re.DOTALL)
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|{(\w*)}")


@dataclass(frozen=True)
class Message:
    """What is asked to be translated; `context` and `plural` are empty for most."""

    text: str
    plural: str = ""
    context: str = ""


@dataclass(frozen=True)
class Entry:
    """One entry of a catalogue; several translations only for a text with a plural."""

    message: Message
    translations: tuple[str, ...]
    fuzzy: bool
    catalogue: str


def _message(function: str, texts: list[str]) -> Message | None:
    if function in ONE and texts:
        return Message(texts[0])
    if function in PLURAL and len(texts) >= 2:
        return Message(texts[0], plural=texts[1])
    if function in CONTEXT and len(texts) >= 2:
        return Message(texts[1], context=texts[0])
    if function in CONTEXT_PLURAL and len(texts) >= 3:
        return Message(texts[1], plural=texts[2], context=texts[0])
    return None


def in_code(path: Path) -> Iterator[Message]:
    for node in ast.walk(house.tree(path)):
        if isinstance(node, ast.Call):
            function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            texts = [str(part.value) for part in node.args if isinstance(part, ast.Constant)]
            if message := _message(function, texts):
                yield message


def in_template(path: Path) -> Iterator[Message]:
    for function, strings in CALL.findall(templatize(path.read_text(encoding="utf-8"), origin=str(path))):
        texts = [str(ast.literal_eval(string)) for string in re.findall(STRING, strings, re.DOTALL)]
        if message := _message(function, [text.replace("%%", "%") if "%(" not in text else text for text in texts]):
            yield message


def asked() -> dict[Message, list[str]]:
    """Every text of the product with the files that ask for it."""
    found: dict[Message, list[str]] = {}
    templates = [path for path in (house.ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt", ".xml"}]
    for path in [*house.product_files(), *templates]:
        for message in in_code(path) if path.suffix == ".py" else in_template(path) if path in templates else ():
            found.setdefault(message, []).append(house.relative(path))
    return found


def catalogues(language: str) -> list[Path]:
    """The merged catalogue, and those of apps that are not merged into it."""
    return sorted((house.ROOT / "locale").rglob(f"{language}/LC_MESSAGES/django.po"))


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def entries(path: Path) -> list[Entry]:
    """Entries of a catalogue, without its header and without what it keeps of former times."""
    found = []
    for entry in _read(path):
        one, *plurals = [entry.id] if isinstance(entry.id, str) else entry.id
        translations = [entry.string] if isinstance(entry.string, str | None) else entry.string
        if one:
            message = Message(one, "".join(plurals), entry.context or "")
            texts = tuple(text or "" for text in translations)
            found.append(Entry(message, texts, entry.fuzzy, house.relative(path)))
    return found


def obsolete(path: Path) -> list[str]:
    return [str(text) for text in _read(path).obsolete]


def placeholders(text: str) -> list[str]:
    return sorted(match[0] for match in PLACEHOLDER.finditer(text.replace("%%", "")))
