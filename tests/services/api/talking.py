"""Speaks REST as a script of the portal's own pages does."""

import json
import uuid
from typing import Any

from django.http import HttpResponse
from django.test import Client

from portal.accounts.models import User
from portal.events import Event
from services.models import Dossier
from tests.cast import sign_in


class Rest:
    """One person with a session. Each POST has a key of its own unless one is given."""

    def __init__(self, user: User | None) -> None:
        self.client = sign_in(Client(), user) if user else Client()

    def get(self, path: str, status: int = 200, **query: Any) -> dict[str, Any]:
        response = self.client.get(f"/api/v1/{path}", query)
        assert response.status_code == status, response.content.decode()
        found: dict[str, Any] = response.json()
        return found

    def etag(self, path: str) -> str:
        return str(self.client.get(f"/api/v1/{path}")["ETag"])

    def send(self, path: str, body: Any = None, *, etag: str = "", key: str = "", method: str = "post") -> HttpResponse:
        headers = {"Idempotency-Key": key or str(uuid.uuid4())} | ({"If-Match": etag} if etag else {})
        sent = json.dumps(body) if body is not None else ""
        response: HttpResponse = getattr(self.client, method)(
            f"/api/v1/{path}", sent, "application/json", headers=headers
        )
        return response

    def does(self, dossier: Dossier, noun: str, body: Any = None, status: int = 201) -> dict[str, Any]:
        """A deed on the version as it stands now."""
        one = f"dossiers/{dossier.pk}"
        response = self.send(f"{one}/{noun}", body, etag=self.etag(one))
        return read(response, status)


def read(response: HttpResponse, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.content.decode()
    found: dict[str, Any] = json.loads(response.content)
    return found


def pointers(response: HttpResponse, status: int = 400) -> dict[str, str]:
    """Faults by their place."""
    return {one["pointer"]: one["code"] for one in read(response, status)["errors"]}


def facts(dossier: Dossier) -> list[tuple[str, str, str, str]]:
    """What the trail says: name, states and who; reading is left out."""
    rows = Event.objects.about("services.dossier", dossier.pk).exclude(name__endswith=".viewed")
    return [(row.name, row.before, row.after, row.actor) for row in rows]
