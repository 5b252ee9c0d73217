"""Personal numbers at rest: sealed, bound to their row, searchable by digest, moved to new keys."""

import base64
import json
import os
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from hypothesis import given
from hypothesis import strategies as st
from launch import keys

from portal.accounts import vault
from portal.isolation import Purpose, scope
from portal.settings import environment
from staff.models import Person
from tests.cast import Cast


def key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


@given(st.text(max_size=60), st.text(max_size=60))
def test_opens_to_what_was_sealed_and_in_its_own_row_only(text: str, context: str) -> None:
    envelope = vault.seal(text, context=context)
    assert vault.unseal(envelope, context=context) == text
    with pytest.raises(vault.CannotOpenError):
        vault.unseal(envelope, context=context + "x")


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_any_changed_byte_is_noticed(place: int, change: int) -> None:
    envelope = bytearray(vault.seal("000185000001", context="c"))
    envelope[place % len(envelope)] ^= change
    with pytest.raises(vault.CannotOpenError):
        vault.unseal(bytes(envelope), context="c")


def test_same_number_never_gives_the_same_envelope() -> None:
    assert len({vault.seal("000185000001", context="c") for _ in range(50)}) == 50


def test_index_depends_on_purpose_and_key(settings: Any) -> None:
    first = vault.blind_index("1", purpose="a")
    assert first == vault.blind_index("1", purpose="a")
    assert first != vault.blind_index("1", purpose="b")
    settings.PERSONAL_DATA_KEYS = {**settings.PERSONAL_DATA_KEYS, "index": key()}
    assert first != vault.blind_index("1", purpose="a")


def test_newest_key_seals_and_older_ones_open(settings: Any) -> None:
    old = vault.seal("1", context="c")
    settings.PERSONAL_DATA_KEYS = {**settings.PERSONAL_DATA_KEYS, "2027": key()}
    assert vault.key_of(vault.seal("1", context="c")) == "2027"
    assert vault.unseal(old, context="c") == "1"


def test_reencrypt_moves_everything_so_that_the_old_key_can_go(people: Cast, settings: Any) -> None:
    new = {"index": key(), "2027": key()}
    settings.PERSONAL_DATA_KEYS = {**settings.PERSONAL_DATA_KEYS, **new}
    settings.PERSONAL_DATA_KEYS["index"] = new["index"]
    call_command("reencrypt_personal_data", verbosity=0)
    settings.PERSONAL_DATA_KEYS = new
    with scope(purpose=Purpose.BACKFILL):
        found = Person.objects.get(number_index=Person.index_of("000192000006"))
        assert (found.number, found.name) == ("000192000006", "Hoàng Thị Mai")
        assert {vault.key_of(row.number_sealed) for row in Person.objects.all()} == {"2027"}


@pytest.mark.parametrize("keys", [{}, {"index": "x"}, {"index": "AAAA", "a": "AAAA"}, {"a": "A" * 43 + "="}])
def test_bad_keys_are_named_not_used(settings: Any, keys: dict[str, str]) -> None:
    settings.PERSONAL_DATA_KEYS = keys
    with pytest.raises(ImproperlyConfigured, match="PERSONAL_DATA_KEYS"):
        vault.seal("1", context="c")


def test_mask_shows_three_digits() -> None:
    assert vault.mask("000185000001") == "•••••••••001"


def test_migrations_refuse_to_start_without_keys(settings: Any) -> None:
    settings.PERSONAL_DATA_KEYS = {}
    with pytest.raises(SystemCheckError, match="PERSONAL_DATA_KEYS is not set"):
        call_command("check")


@pytest.mark.parametrize("wrong", ["{", "[]", '{"index": 1}'])
def test_keys_that_are_no_json_object_are_named(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("PERSONAL_DATA_KEYS", wrong)
    with pytest.raises(ImproperlyConfigured, match="PERSONAL_DATA_KEYS"):
        environment.document("PERSONAL_DATA_KEYS")


def test_keys_of_the_launcher_are_keys_of_the_vault(settings: Any) -> None:
    settings.PERSONAL_DATA_KEYS = json.loads(keys.personal_data())
    assert vault.unseal(vault.seal("000185000001", context="x"), context="x") == "000185000001"
    assert keys.personal_data() != keys.personal_data()
