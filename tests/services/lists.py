"""What tests of lists and batches share."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.test import Client

from portal.accounts.models import User
from portal.isolation import use
from staff.scopes import scope_of
from tests.cast import Member

TOKEN = re.compile(r'name="form_token" value="([^"]+)"')


def token_of(client: Client, address: str) -> str:
    """The token of the form at the address."""
    found = TOKEN.search(client.get(address).content.decode())
    return found[1] if found else ""


@contextmanager
def acting(member: Member) -> Iterator[User]:
    """With the rows that a request of this officer may see."""
    with use(scope_of(member.user)):
        yield member.user
