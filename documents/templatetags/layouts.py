"""Filters of printed layouts. Data come as JSON, so days and moments are texts in ISO 8601."""

import datetime

from django import template
from django.utils import timezone

from documents.layouts import words
from documents.layouts.words import Square

register = template.Library()


@register.filter
def day(value: str) -> str:
    return words.day(datetime.date.fromisoformat(value))


@register.filter
def moment(value: str) -> str:
    return words.moment(datetime.datetime.fromisoformat(value))


@register.filter
def short_day(value: str) -> str:
    return words.short_day(datetime.date.fromisoformat(value))


@register.filter
def short_moment(value: str) -> str:
    return words.short_moment(datetime.datetime.fromisoformat(value))


@register.filter
def moment_day(value: str) -> str:
    """The day of a moment, in the portal's zone."""
    return words.short_day(timezone.localtime(datetime.datetime.fromisoformat(value)).date())


@register.filter
def spelled_day(value: str) -> str:
    return words.spelled_day(datetime.date.fromisoformat(value))


@register.filter
def spelled(value: int) -> str:
    return words.spelled(value)


@register.filter
def in_words(value: int) -> str:
    return words.in_words(value)


@register.filter
def money(value: int) -> str:
    return words.money(value)


@register.filter
def two_digits(value: int) -> str:
    """01: a count below ten is written with a zero."""
    return f"{value:02}"


@register.filter
def square(value: str) -> Square:
    return words.square(value)
