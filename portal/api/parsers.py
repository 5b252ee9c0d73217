"""Bodies: JSON and nothing else; what is no JSON media type is answered 415 by the framework."""

from typing import Any

from django.utils.translation import gettext
from rest_framework import parsers
from rest_framework.exceptions import ParseError


class JsonParser(parsers.JSONParser):
    """Strict: NaN and Infinity are no JSON. The size is limited before a byte is read (portal.api.middleware)."""

    strict = True

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().parse(*args, **kwargs)
        except RecursionError:
            raise ParseError(gettext("The body is nested too deeply.")) from None
