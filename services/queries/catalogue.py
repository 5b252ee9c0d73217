"""Finding procedures as people say it: without accents, in everyday words, by event of life, field, level, online."""

import unicodedata
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.functions import Length

from services.kinds import Filing, Level
from services.models import ProcedureVersion, ProcedureVersionQuerySet
from services.models.catalogue import CODE
from units.sorting import search_key

TEXT_LIMIT = 100  # characters
WORDS = 12
ZERO = Value(0, output_field=IntegerField())
KEYS = ("rank", "in_name", "length", "sort_key", "id")  # the order of lists, unique together
# Words that say that somebody wants something, and not what.
IDLE = frozenset(
    {"lam", "xin", "cho", "toi", "muon", "can", "o", "dau", "cach", "thu", "tuc", "the", "nao", "gi", "di", "de", "mot"}
)


@dataclass(frozen=True, slots=True)
class Filter:
    """`online`: only what can be filed online, here or elsewhere."""

    text: str = ""
    field: str = ""
    level: str = ""
    life_event: str = ""
    online: bool = False


def search(asked: Filter, *, on: date) -> ProcedureVersionQuerySet:
    """The versions of the day that match, with `rank`; order them by KEYS. A text without a letter finds nothing."""
    found = ProcedureVersion.objects.at(on).listed()
    if asked.field:
        found = found.filter(field=asked.field)
    if asked.level:
        found = found.filter(levels__contains=[Level(asked.level).value])
    if asked.life_event:
        found = found.filter(life_events__contains=[asked.life_event])
    if asked.online:
        found = found.exclude(filing=Filing.DESK_ONLY)
    if not asked.text:
        return found.annotate(rank=ZERO, length=ZERO)
    return _ranked(found, asked.text)


def _ranked(found: ProcedureVersionQuerySet, text: str) -> ProcedureVersionQuerySet:
    """0 the code, 1 the whole name, 2 the name begins so, 3 people say it so, 4 the name holds the phrase, 5 all its
    words, 6 words from elsewhere."""
    printable = unicodedata.normalize("NFC", "".join(one if one.isprintable() else " " for one in text[:TEXT_LIMIT]))
    key = search_key(printable)
    words = key.split()[:WORDS]
    if not words:
        return found.none().annotate(rank=ZERO, length=ZERO)
    telling = [word for word in words if word not in IDLE] or words
    in_words, in_name = Q(), Q()
    for word in telling:
        in_words &= Q(search_words__contains=f" {word}")
        in_name &= Q(search_name__contains=f" {word}")
    code = Q(procedure__code=printable.strip())
    phrase = " ".join(telling)
    said = Q(in_name=False) & (Q(search_words__contains=f" {key}") | Q(search_words__contains=f" {phrase}"))
    return found.filter(in_words | code).annotate(
        length=Length("name_vi"),  # of two that match alike, the shorter name is the more general
        rank=Case(
            When(code, then=Value(0)),
            When(Q(search_name__startswith=f" {key}") & Q(name_vi__iexact=printable.strip()), then=Value(1)),
            When(search_name__startswith=f" {phrase}", then=Value(2)),
            When(said, then=Value(3)),
            When(search_name__contains=f" {phrase}", then=Value(4)),
            When(in_name, then=Value(5)),
            default=Value(6),
            output_field=IntegerField(),
        ),
    )


def fields(on: date) -> list[str]:
    """All fields of the day, by the alphabet."""
    rows = ProcedureVersion.objects.at(on).order_by("field").values_list("field", flat=True).distinct()
    return list(rows[:200])


def version_on(code: str, on: date) -> ProcedureVersion | None:
    return ProcedureVersion.objects.of(code).at(on).select_related("procedure", "form").first()


def versions_of(code: str) -> list[ProcedureVersion]:
    """All of them, the latest first."""
    return list(ProcedureVersion.objects.of(code).listed().order_by("-valid", "-id")[:50])


def nearest_version(code: str, on: date) -> ProcedureVersion | None:
    """That of the day; else the last before it, else the first after it."""
    exact = version_on(code, on)
    if exact is not None:
        return exact
    rows = ProcedureVersion.objects.of(code).select_related("procedure", "form")
    before = rows.filter(valid__endswith__lte=on).order_by("-valid", "-id").first()
    return before or rows.order_by("valid", "id").first()


__all__ = ["CODE", "KEYS", "TEXT_LIMIT", "Filter", "fields", "nearest_version", "search", "version_on", "versions_of"]
