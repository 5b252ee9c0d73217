"""What Django's forms and the sign-in say of a mistake is Vietnamese too, where their own catalogues have gaps."""

import inspect
from collections.abc import Iterator

import pytest
from django.core import validators
from django.core.exceptions import ValidationError
from django.forms import CharField, fields, formsets, models
from django.utils import translation


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


def test_a_character_that_nobody_sees() -> None:
    with translation.override("vi"), pytest.raises(ValidationError, match="ký tự rỗng"):
        CharField().clean("An\x00")
