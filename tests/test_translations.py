"""Vietnamese is complete, English is what the code says, and nothing gets lost between them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from portal import house
from tests import messages

VIETNAMESE = "ăâđêôơưĂÂĐÊÔƠƯáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
LETTERS = re.compile(f"[{VIETNAMESE}{VIETNAMESE.upper()}]")
# Vietnamese that is data, or law, or a proper name: file -> why it stands in code.
VIETNAMESE_IN_CODE: dict[str, str] = {
    "units/checks.py": "names of provinces, to compare with what was loaded",
    "units/country.py": "titles of resolutions",
    "units/kinds.py": "names of types are proper names in every language",
    "units/operations/plan.py": "the name of the country",
    "units/sorting.py": "the alphabet",
}
VIETNAMESE_IN_TEMPLATES = ("templates/ui/catalogue.html",)  # the page of components, for the people who build
PRINTED = "templates/documents/layouts/"  # what the state hands out is in Vietnamese, whatever the reader has set
NAMES = {"Một Cửa", "Cốc Cốc", "Tiếng Việt", "Lào Cai"}  # the same in every language
LAW = re.compile(r"(NĐ|QĐ|TT|NQ|TB|BLDS|BLLĐ|Luật|PL) .*\d.*")  # an article of the law is cited as it is called


ASKED = messages.asked()
ENTRIES = [entry for path in messages.catalogues("vi") for entry in messages.entries(path)]
KNOWN = {(entry.message.text, entry.message.context): entry for entry in ENTRIES}


def test_both_languages_are_there() -> None:
    assert [code for code, _ in settings.LANGUAGES] == ["vi", "en"]
    assert len(ASKED) > 50
    assert ENTRIES


def test_every_text_has_a_vietnamese_translation() -> None:
    missing = {
        message.text: files[0]
        for message, files in ASKED.items()
        if not all(KNOWN[key].translations if (key := (message.text, message.context)) in KNOWN else [""])
    }
    assert not missing, f"{len(missing)} without translation: {missing}"


def test_no_translation_is_empty_or_guessed() -> None:
    doubtful = [
        f"{entry.catalogue}: {entry.message.text}" for entry in ENTRIES if entry.fuzzy or not all(entry.translations)
    ]
    assert not doubtful, f"Translate them, or confirm the guess and strike “fuzzy”: {doubtful}"


def test_no_translation_is_left_over() -> None:
    asked = {(message.text, message.context) for message in ASKED}
    unused = [f"{KNOWN[key].catalogue}: {key[0]}" for key in KNOWN if key not in asked]
    unused += [text for path in messages.catalogues("vi") for text in messages.obsolete(path)]
    assert not unused, f"Nothing asks for these any more: {unused}"


def test_placeholders_survive_translation() -> None:
    lost = []
    for entry in ENTRIES:
        original = messages.placeholders(entry.message.plural or entry.message.text)
        lost += [entry.message.text for text in entry.translations if messages.placeholders(text) != original]
    assert not lost, f"Same placeholders in the translation, please: {lost}"


def test_shape_of_texts_survives_translation() -> None:
    """A line break or blank at either end is layout; a colon tells that something follows."""
    changed = [
        entry.message.text
        for entry in ENTRIES
        for text in entry.translations
        if _edges(text) != _edges(entry.message.text)
    ]
    assert not changed


def _edges(text: str) -> tuple[bool, ...]:
    return (text != text.lstrip(), text != text.rstrip(), text.endswith(":"), text.endswith("\n"))


def test_one_text_has_one_translation() -> None:
    told: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for entry in ENTRIES:
        told.setdefault((entry.message.text, entry.message.context), set()).add(entry.translations)
    different = {key[0]: list(texts) for key, texts in told.items() if len(texts) > 1}
    assert not different, f"Catalogues get merged: agree on one, or give a context: {different}"


def test_translations_are_vietnamese() -> None:
    """A translation equal to the English text is a mistake, unless there is nothing to translate in it."""
    same = [entry.message.text for entry in ENTRIES if entry.message.text in entry.translations and _has_words(entry)]
    assert not same


def _has_words(entry: messages.Entry) -> bool:
    names = {
        "VNeID",
        "API",
        "TOTP",
        "WebAuthn",
        "OpenID",
        "Connect",
        "PIN",
        "QR",
        "PDF",
        "CSV",
        "JSON",
        "XLSX",
        "English",
    }
    text = messages.PLACEHOLDER.sub("", entry.message.text)
    return any(word not in names for word in re.findall(r"[A-Za-z]{2,}", text))


def _texts_in_code(path: Path) -> Iterator[tuple[int, str]]:
    """Text constants that are no docstrings."""
    tree = house.tree(path)
    documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def test_code_speaks_english() -> None:
    found = [
        f"{house.relative(path)}:{line} {text[:40]}"
        for path in house.product_files()
        if house.relative(path) not in VIETNAMESE_IN_CODE
        for line, text in _texts_in_code(path)
        if LETTERS.search(text) and text not in NAMES and not LAW.fullmatch(text) and len(text) > 1
    ]
    assert not found, f"Write an English text and translate it; data go into data files: {found}"


def test_templates_speak_english() -> None:
    found = []
    for path in sorted((house.ROOT / "templates").rglob("*.html")):
        bare = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", path.read_text(encoding="utf-8"), flags=re.S)
        if house.relative(path).startswith((*VIETNAMESE_IN_TEMPLATES, PRINTED)):
            continue
        found += [f"{house.relative(path)}: {line.strip()[:60]}" for line in bare.splitlines() if LETTERS.search(line)]
    assert not found, f"Write an English text and translate it: {found}"


def test_excuses_are_still_needed() -> None:
    idle = [
        name
        for name in VIETNAMESE_IN_CODE
        if not (house.ROOT / name).exists()
        or not any(LETTERS.search(text) for _, text in _texts_in_code(house.ROOT / name))
    ]
    assert not idle, f"Strike them from VIETNAMESE_IN_CODE: {idle}"


def test_catalogue_is_what_the_portal_speaks() -> None:
    """The compiled catalogues are those of the sources: a stale *.mo would hide every mistake above."""
    entry = next(entry for entry in ENTRIES if not entry.message.plural and not entry.message.context)
    with translation.override("vi"):
        assert translation.gettext(entry.message.text) == entry.translations[0]


@pytest.mark.parametrize("number", [0, 1, 2, 21])
def test_vietnamese_has_one_plural_form(number: int) -> None:
    plural = [entry for entry in ENTRIES if entry.message.plural]
    assert all(len(entry.translations) == 1 for entry in plural)
    with translation.override("vi"):
        told = {translation.ngettext(entry.message.text, entry.message.plural, number) for entry in plural}
    assert told == {entry.translations[0] for entry in plural}
