"""Requests as a browser's script or a program sends them: JSON, a key of its own, the version that was read."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from documents.layouts.samples import sample
from documents.models import Document
from portal.accounts.models.clients import Reach
from portal.accounts.operations import GrantRow
from tests.accounts.programs import bearer, make_client, token_of
from tests.cast import Cast, sign_in

ROOT = "/api/v1"


@dataclass
class Caller:
    client: Client
    headers: dict[str, str]

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"{ROOT}/{path}", query, headers=self.headers)

    def post(self, path: str, body: Any = None, *, match: str = "", key: str = "", method: str = "post") -> Any:
        headers = {**self.headers, "Idempotency-Key": key or str(uuid.uuid4())}
        if match:
            headers["If-Match"] = match
        send = getattr(self.client, method)
        return send(f"{ROOT}/{path}", body or {}, content_type="application/json", headers=headers)

    def patch(self, path: str, body: Any, *, match: str = "") -> Any:
        return self.post(path, body, match=match, method="patch")

    def etag(self, document: Document) -> str:
        return str(self.get(f"documents/{document.pk}")["ETag"])

    def deed(self, document: Document, noun: str, body: Any = None, *, match: str = "", key: str = "") -> Any:
        given = match or self.etag(document)
        return self.post(f"documents/{document.pk}/{noun}", body, match=given, key=key)


def person(people: Cast, role: str) -> Caller:
    return Caller(sign_in(Client(), getattr(people, role).user), {})


def stale(people: Cast, role: str, *, minutes: int) -> Caller:
    """Somebody whose second factor was proved a while ago."""
    found = person(people, role)
    session = found.client.session
    then = (timezone.now() - timedelta(minutes=minutes)).timestamp()
    for key, value in list(session.items()):
        if isinstance(value, list) and value and isinstance(value[0], dict) and "at" in value[0]:
            session[key] = [{**value[0], "at": then}]
    session.save()
    return found


def program(people: Cast, *capabilities: str, unit_id: int = 0, reach: Reach = Reach.OWN) -> Caller:
    grants = [GrantRow(capability, unit_id or people.home, reach) for capability in capabilities]
    return Caller(Client(), bearer(token_of(make_client(people, grants=grants), people)))


def draft_body(people: Cast, **more: Any) -> dict[str, Any]:
    return {
        "unitId": people.home,
        "type": "decision",
        "layout": "decision",
        "subject": "thành lập Tổ công nghệ số cộng đồng",
        "signerId": people.leader.assignment.pk,
        "capacity": "TM.",
        "content": sample("decision"),
        "recipients": [
            {"name": "UBND xã Đông", "kind": "main", "unitId": people.neighbour},
            {"name": "VT", "kind": "keep"},
        ],
        **more,
    }
