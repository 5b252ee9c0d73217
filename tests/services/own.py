"""Citizens with dossiers of their own, and their browser."""

import html
import re
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Kind, User
from services.kinds import Channel
from services.models import Dossier
from services.operations.filing import Owner
from tests.cast import sign_in
from tests.services.build import NUMBER, Office
from tests.services.desk import TOKEN


def citizen(name: str = "do") -> User:
    return User.objects.create(username=f"nguoi-dan-{name}", kind=Kind.CITIZEN, created_at=timezone.now())


def filed(office: Office, user: User, *, own: bool = False, **more: Any) -> Dossier:
    """Handed in at the desk by `user` for a child, or in their own affair."""
    owner = Owner("Vàng Thị Dở", NUMBER, user) if own else Owner("Giàng Thị Nhuẫn", NUMBER)
    return office.submitted(owner=owner, filer=user, return_channel=Channel.DESK, **more)


def words(response: HttpResponse) -> str:
    """What stands on the page, without its frame."""
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    assert main, response.status_code
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main[0])))


class Home:
    """A citizen's browser: `page` fetches, `send` fills in the form that a page shows."""

    def __init__(self, user: User) -> None:
        self.client = sign_in(Client(), user)

    def get(self, name: str, *args: object, query: str = "") -> HttpResponse:
        return self.client.get(reverse(f"services:{name}", args=args) + query)  # type: ignore[return-value]  # Django's

    def page(self, name: str, *args: object, query: str = "", status: int = 200) -> str:
        response = self.get(name, *args, query=query)
        assert response.status_code == status, response.content.decode()[:2000]
        return words(response)

    def send(self, name: str, *args: object, token_of: str = "", **data: Any) -> HttpResponse:
        shown = self.get(token_of or name, *args).content.decode() if token_of != "-" else ""
        token = TOKEN.search(shown)
        sent = {"form_token": token[1], **data} if token else data
        return self.client.post(reverse(f"services:{name}", args=args), sent)  # type: ignore[return-value]  # Django's
