"""What Django's forms and the sign-in say of a mistake is Vietnamese too, where their own catalogues have gaps."""

import inspect
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from allauth.account.adapter import get_adapter as account
from allauth.mfa.adapter import get_adapter as second_factor
from allauth.socialaccount.adapter import get_adapter as social
from django.core import validators
from django.core.exceptions import ValidationError
from django.forms import CharField, fields, formsets, models
from django.utils import translation

from portal.ui import borrowed
from tests import messages

AT_HOME = Path(django.__file__).with_name("conf") / "locale/en/LC_MESSAGES/django.po"


def said_by_forms() -> Iterator[str]:
    """Every text that a field, a set of forms or a validator brings along; those that count things do it elsewhere."""
    for module in (fields, models, formsets):
        for _, thing in inspect.getmembers(module, inspect.isclass):
            yield from map(str, getattr(thing, "default_error_messages", {}).values())
    for _, thing in inspect.getmembers(validators, inspect.isclass):
        yield str(getattr(thing, "message", ""))
        yield from map(str, thing.messages.values() if isinstance(getattr(thing, "messages", None), dict) else ())


def test_no_form_speaks_english() -> None:
    with translation.override("en"):
        asked = {text for text in said_by_forms() if text}
    assert len(asked) > 30
    with translation.override("vi"):
        assert [text for text in sorted(asked) if translation.gettext(text) == text] == []


def test_nothing_is_named_that_the_libraries_do_not_say() -> None:
    """A text that they have changed would stand here for nothing, and the new one be English."""
    with translation.override("en"):
        at_sign_in = {str(text) for ask in (account, second_factor, social) for text in ask().error_messages.values()}
    assert set(borrowed.FORMS) - {entry.message.text for entry in messages.entries(AT_HOME)} == set()
    assert set(borrowed.SIGN_IN) - at_sign_in == set()


def test_a_character_that_nobody_sees() -> None:
    with translation.override("vi"), pytest.raises(ValidationError, match="ký tự rỗng"):
        CharField().clean("An\x00")
