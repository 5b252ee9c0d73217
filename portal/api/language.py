"""The language of an answer: what Accept-Language asks for, Vietnamese otherwise. Cookies have no say in the API.

`?lang=` goes before it, for the links of the page for people; other addresses know no such parameter and refuse it.
"""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

PARAMETER = "lang"


def asked_for(request: HttpRequest) -> str:
    chosen = request.GET.get(PARAMETER, "")
    if chosen in dict(settings.LANGUAGES):
        return chosen
    for language, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if language == "*":
            break
        try:
            return get_supported_language_variant(language)
        except LookupError:
            continue
    return str(settings.LANGUAGE_CODE)
