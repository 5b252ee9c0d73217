"""Sends the forms of the desk's pages as an officer's browser does."""

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from services.models import Dossier
from tests.cast import Member, sign_in

TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
HIDDEN = re.compile(r'name="revision" value="(\d+)"')


class Desk:
    """`page` fetches, `send` fills in a form that it fetched before."""

    def __init__(self, member: Member) -> None:
        self.client = sign_in(Client(), member.user)

    def page(self, name: str, dossier: Dossier | None = None, query: str = "", status: int = 200) -> str:
        url = reverse(f"services:{name}", args=[dossier.pk] if dossier else [])
        response = self.client.get(url + query)
        assert response.status_code == status, response.content.decode()[:2000]
        return str(response.content.decode())

    def send(
        self, name: str, dossier: Dossier, *, shown_on: str = "", query: str = "", page: str = "", **data: Any
    ) -> HttpResponse:
        html = page or self.page(shown_on or name, dossier, query)
        hidden = HIDDEN.search(html)
        token = TOKEN.search(html)
        sent: dict[str, Any] = {"revision": hidden[1] if hidden else "", "form_token": token[1] if token else ""}
        url = reverse(f"services:{name}", args=[dossier.pk]) + query
        return self.client.post(url, {**sent, **data})  # type: ignore[return-value]  # Django's test response
