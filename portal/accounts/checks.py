"""What must be set before anybody signs in."""

from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from portal.accounts import vault


@register()
def personal_data_keys(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """`migrate` refuses without keys, and the containers of production start after it."""
    try:
        vault.current_key()
    except ImproperlyConfigured as error:
        return [Error(str(error), hint="docs/sign-in.md, personal numbers at rest", id="accounts.E001")]
    return []
