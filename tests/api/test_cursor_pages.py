"""A cursor goes on where the page before ended, whatever is added or taken away meanwhile."""

import itertools

import pytest
from django.contrib.contenttypes.models import ContentType
from hypothesis import given
from hypothesis import strategies as st

from portal.api.pagination import BACKWARD, FORWARD, Cursor, page
from portal.api.parameters import WrongError

KEYS = ("app_label", "id")
_numbers = itertools.count()


def make(*labels: str) -> list[int]:
    """Rows of a table that every database has; the label may repeat, the id decides then."""
    rows = [ContentType(app_label=f"~{label}", model=str(next(_numbers))) for label in labels]
    return [row.pk for row in ContentType.objects.bulk_create(rows)]


@pytest.mark.django_db
def test_a_row_added_before_the_cursor_moves_nothing() -> None:
    make("b", "c", "d", "e", "f")
    rows = ContentType.objects.filter(app_label__startswith="~")
    first = page(rows, keys=KEYS, limit=2, cursor=None)
    make("a", "d")
    second = page(rows, keys=KEYS, limit=10, cursor=first.next)
    assert [row.app_label for row in first.rows + second.rows] == ["~b", "~c", "~d", "~d", "~e", "~f"]


@pytest.mark.django_db
def test_a_row_taken_away_loses_no_other() -> None:
    mine = make("b", "c", "d", "e")
    rows = ContentType.objects.filter(app_label__startswith="~")
    first = page(rows, keys=KEYS, limit=2, cursor=None)
    ContentType.objects.filter(pk=mine[1]).delete()
    second = page(rows, keys=KEYS, limit=2, cursor=first.next)
    assert [row.app_label for row in second.rows] == ["~d", "~e"]


@pytest.mark.django_db
@given(labels=st.lists(st.sampled_from("abc"), max_size=12), limit=st.integers(1, 5))
def test_pages_forward_and_back_hold_every_row_once(labels: list[str], limit: int) -> None:
    rows = ContentType.objects.filter(pk__in=make(*labels))
    found = page(rows, keys=KEYS, limit=limit, cursor=None)
    forward = [row.pk for row in found.rows]
    while found.next:
        found = page(rows, keys=KEYS, limit=limit, cursor=found.next)
        forward += [row.pk for row in found.rows]
    assert forward == list(rows.order_by(*KEYS).values_list("pk", flat=True))
    backward = [row.pk for row in found.rows]
    while found.prev:
        found = page(rows, keys=KEYS, limit=limit, cursor=found.prev)
        backward = [row.pk for row in found.rows] + backward
    assert backward == forward


def test_reads_back_what_it_wrote() -> None:
    cursor = Cursor(FORWARD, ("Đ", 7), "list")
    assert Cursor.decode(cursor.encode()) == cursor


@given(st.integers(0, 400), st.characters(exclude_categories=("Cs",)))
def test_refuses_a_cursor_changed_by_hand(place: int, letter: str) -> None:
    text = Cursor(BACKWARD, ("Đà Nẵng", 12345678), "selection").encode()
    place %= len(text)
    changed = text[:place] + letter + text[place + 1 :]
    if changed != text:
        with pytest.raises(WrongError):
            Cursor.decode(changed)
