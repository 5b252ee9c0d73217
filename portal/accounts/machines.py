"""Which capabilities programs may be granted. Apps say so when they start; what nobody named stays with people."""

from collections.abc import Mapping

from django.utils.functional import Promise

_known: dict[str, str | Promise] = {}


def open_to_programs(capabilities: Mapping[str, str | Promise]) -> None:
    """Called in AppConfig.ready: capability -> what it allows, in words for the page that grants it."""
    _known.update({str(code): words for code, words in capabilities.items()})


def known() -> dict[str, str]:
    return {code: str(words) for code, words in sorted(_known.items())}
