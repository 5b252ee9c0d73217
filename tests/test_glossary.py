"""The glossary is the law of words: one English word for one Vietnamese term, and no second word in the code."""

import ast
import re
from collections import Counter
from collections.abc import Iterator

from django.apps import apps

from portal import house

TEXT = (house.ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ACCEPTED, REFUSED = TEXT.split("## Words that the code refuses")
# Where a refused word is right: (word, file) -> why.
RIGHT_HERE = {
    ("application", "portal/wsgi.py"): "the name that web servers look for",
    ("application", "integrations/sandbox/wsgi.py"): "the same",
    ("application", "portal/settings/base.py"): "Django's name of the setting",
    ("case", "services/models/dossiers.py"): "for which the sector's law sets another limit, not a dossier",
    ("case", "services/operations/reception.py"): "the same",
    ("case", "services/versions.py"): "the same",
    **{
        ("case", name): "what a rule of a split is asked about: a dossier, a petition, a draft"
        for name in (
            "services/reorganisation/cases.py",
            "services/reorganisation/dossiers.py",
            "services/reorganisation/moves.py",
            "services/reorganisation/petitions.py",
            "units/handovers/rules.py",
            "units/handovers/values.py",
        )
    },
    ("case", "staff/errors.py"): "one's own case, in the sense of the law, not a dossier",
    **{
        ("case", f"services/{name}.py"): "a case of the limit, as the law of the sector words it"
        for name in (
            "versions",
            "models/dossiers",
            "operations/reception",
            "forms/desk",
            "views/desk_deeds",
            "forms/joined",
            "operations/joining",
            "queries/joined",
        )
    },
    ("ward", "units/kinds.py"): "the type phường; as a level it is a commune",
    ("township", "units/kinds.py"): "the type thị trấn, until 30/06/2025",
}


def rows(part: str) -> list[list[str]]:
    lines = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("| ")]
    return [line for line in lines if line[0] not in {"English", "refused"}]


TERMS = rows(ACCEPTED)
REFUSALS = rows(REFUSED)


def test_every_row_is_whole() -> None:
    broken = [row for row in TERMS if len(row) != 4 or not all(row)] + [row for row in REFUSALS if len(row) != 3]
    assert not broken
    assert len(TERMS) >= 120


def test_every_term_stands_once() -> None:
    english = Counter(row[0].lower() for row in TERMS)
    vietnamese = Counter(term.strip().lower() for row in TERMS for term in row[1].split(","))
    twice = [term for count in (english, vietnamese) for term, times in count.items() if times > 1]
    assert not twice, f"One word, one term; a second meaning needs a second word: {twice}"


def test_refused_words_point_to_accepted_ones() -> None:
    english = {row[0] for row in TERMS}
    lost = [f"{row[0]} -> {row[1]}" for row in REFUSALS if row[1] not in english or row[0] in english]
    assert not lost


def words(identifier: str) -> list[str]:
    """`DueMoment`, `due_moment` and `dueMoment` all give due, moment."""
    return re.findall(r"[a-z]+|[A-Z][a-z]+|[A-Z]+(?![a-z])", identifier)


def defined(node: ast.AST) -> Iterator[str]:
    """Names that this node gives to something; names that it merely uses are somebody else's choice."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.arg):
        yield node.arg
    elif isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store):
        yield node.id if isinstance(node, ast.Name) else node.attr


def test_no_refused_word_names_anything() -> None:
    refused = {row[0]: row[1] for row in REFUSALS}
    found = []
    for path in house.product_files():
        name = house.relative(path)
        if name.split("/")[0] not in house.PACKAGES:
            continue
        for node in ast.walk(house.tree(path)):
            used = {word.lower() for identifier in defined(node) for word in words(identifier)}
            found += [
                f"{name}:{getattr(node, 'lineno', 0)} {word}: say {refused[word]}"
                for word in sorted(used & set(refused))
                if (word, name) not in RIGHT_HERE
            ]
    assert not found


def test_no_refused_word_names_an_app_or_a_file() -> None:
    refused = {row[0] for row in REFUSALS}
    found = [house.relative(path) for path in house.product_files() if refused & set(words(path.stem))]
    assert not found


def test_every_model_is_in_the_glossary() -> None:
    english = {row[0].lower().replace("-", " ") for row in TERMS}
    models = [model for model in apps.get_models() if model.__module__.split(".")[0] in house.PACKAGES]
    unknown = [
        f"{model._meta.label} ({name})"
        for model in models
        if (name := " ".join(words(model.__name__)).lower()) not in english
    ]
    assert not unknown, f"Enter them in docs/glossary.md with their Vietnamese term: {unknown}"
