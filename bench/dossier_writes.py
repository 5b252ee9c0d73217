"""What writing costs over REST at a million dossiers: CPU and statements, beside a view written by hand.

python bench/dossier_writes.py [--runs 60]     on the database that bench/dossiers.py fill makes

The view by hand takes the same body behind the same middleware, checks nothing, explains nothing, and writes the same
rows by the ORM: the dossier, its papers, its fee, the events, what goes out after the commit, the answer kept for the
key. Aim: at most 1.5 times its CPU.
"""

import argparse
import json
import os
import statistics
import sys
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
django.setup()

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from bench.dossier_pages import CONTROL, OFFICER, percentile
from bench.dossiers import NAME
from portal.accounts.models import User
from portal.api.models import IdempotencyKey
from portal.events.models import Delivery, Event
from portal.isolation import Purpose, scope
from portal.urls import urlpatterns as portal_urls
from services.models import Component, Dossier, Fee, ProcedureVersion
from services.operations.codes import new_pin, new_reference
from staff.demo import CODES, HOME
from staff.policies import today
from tests import databases
from tests.cast import sign_in
from tests.services.working import birth_answers, requester
from units.queries import bearer

PROCEDURE = "1.001193"
TALK = "application/json"


@csrf_exempt
def by_hand(request: HttpRequest) -> HttpResponse:
    """As somebody would write it who knows that the body is right."""
    body, now, user = json.loads(request.body), timezone.now(), request.user
    version = ProcedureVersion.objects.filter(procedure__code=body["procedure"]).latest("id")
    unit = body["receivingUnitId"]
    dossier = Dossier(
        reference=new_reference(), version=version, state="submitted", stage="", channel="desk", return_channel="desk",
        owner_name=body["answers"]["child_name"], filer_name=body["filer"]["name"], assisted_by=user,
        summary=f"{version.name_vi}: {body['answers']['child_name']}", receiving_unit_id=unit,
        competent_unit_id=unit, returning_unit_id=unit, responsible_unit_id=unit, submitted_at=now,
        alert_due_at=now + timedelta(hours=2), answer_due_at=now + timedelta(hours=8),
        next_due_at=now + timedelta(hours=8),
    )  # fmt: skip
    dossier.owner_number, dossier.filer_number, dossier.pin = "", "", new_pin()
    dossier.answers, dossier.contact = body["answers"], {"phone": body["filer"]["phone"]}
    event = Event.objects.create(
        name="services.dossier.submitted", subject_type="services.dossier", subject_id=str(dossier.pk),
        actor=user.event_actor, unit_id=unit, before="", after="submitted", facts={"version": version.pk},  # type: ignore[union-attr]  # somebody signed in
        concerns=[], at=now,
    )  # fmt: skip
    dossier.save(force_insert=True)
    Delivery.objects.create(
        topic=event.name, handler="none", queue="default", shard=unit, event_id=event.pk, payload={},
        actor=user.event_actor, scope={"units": [unit]}, not_before=now, created_at=now,  # type: ignore[union-attr]  # the same
    )  # fmt: skip
    given = {paper["key"]: paper["proof"] for paper in body["components"]}
    parts = version.parts["components"]
    Component.objects.bulk_create(
        Component(dossier=dossier, key=part["key"], name=part["name_vi"], proof=given.get(part["key"], "missing"))
        for part in parts
    )
    fee = Fee.objects.create(
        dossier=dossier, number=1, lines=[{"kind": "flat", "amount": 0, "count": 1, "each": 0, "pages": 0, "name": ""}],
        amount=0, assessed_at=now, assessed_by=user.event_actor,  # type: ignore[union-attr]  # the same
    )  # fmt: skip
    Event.objects.create(
        name="services.fee.assessed", subject_type="services.dossier", subject_id=str(dossier.pk),
        actor=user.event_actor, unit_id=unit, before="", after="", facts={"fee": str(fee.pk)}, concerns=[], at=now,  # type: ignore[union-attr]  # the same
    )  # fmt: skip
    told = {
        "id": str(dossier.pk), "reference": dossier.reference, "state": dossier.state, "answers": dossier.answers,
        "submittedAt": now.isoformat(), "components": [{"key": part["key"], "name": part["name_vi"]} for part in parts],
    }  # fmt: skip
    response = JsonResponse(told, status=201)
    IdempotencyKey.objects.create(
        principal=user.pk, key=request.headers["Idempotency-Key"], operation="POST /by-hand", fingerprint="x",
        status=201, headers={}, body=response.content, made_at=now,
    )  # fmt: skip
    return response


urlpatterns = [path("by-hand", by_hand), *portal_urls]


class Desk:
    """An officer who files, receives, and calls off, by REST."""

    def __init__(self) -> None:
        code, level = CODES[HOME]
        self.home = bearer(code, today(), level=level).pk
        with transaction.atomic(), scope(purpose=Purpose.DEMO):
            self.client = sign_in(Client(), User.objects.get(username=OFFICER))
        self.etag = self.dossier = ""
        self.papers: list[str] = []

    def post(self, address: str, body: Any, *, etag: str = "") -> HttpResponse:
        headers = {"Idempotency-Key": str(uuid.uuid4())} | ({"If-Match": etag} if etag else {})
        response: Any = self.client.post(address, json.dumps(body), TALK, headers=headers)
        if response.status_code != 201:
            raise SystemExit(f"{address} answered {response.status_code}: {response.content.decode()[:500]}")
        self.etag = response.get("ETag", "")
        return response  # type: ignore[no-any-return]  # Django's test client

    def body(self) -> dict[str, Any]:
        return {
            "procedure": PROCEDURE,
            "answers": birth_answers(self.home) | requester(self.home),
            "receivingUnitId": self.home,
            "filer": {"name": requester(self.home)["requester_name"], "phone": "0912000321"},
            "components": [{"key": "birth_notice", "proof": "shown"}],
        }

    def files(self) -> None:
        told = json.loads(self.post("/api/v1/dossiers", self.body()).content)
        self.dossier, self.papers = told["id"], [paper["key"] for paper in told["components"]]

    def files_by_hand(self) -> None:
        self.post("/by-hand", self.body())

    def checks(self) -> None:
        rows = [{"key": key, "proof": "shown", "originals": 1} for key in self.papers]
        self.post(f"/api/v1/dossiers/{self.dossier}/component-checks", {"components": rows}, etag=self.etag)

    def accepts(self) -> None:
        self.post(f"/api/v1/dossiers/{self.dossier}/acceptances", {}, etag=self.etag)


def measured(deed: Callable[[], None], before: Callable[[], None], runs: int) -> tuple[float, float, float, int]:
    """p50 and p95 of CPU ms, p95 of wall ms, statements."""
    cpu, wall = [], []
    for number in range(runs + 3):
        before()
        began, clock = time.process_time(), time.perf_counter()
        deed()
        if number >= 3:  # the first ones load modules and caches
            cpu.append((time.process_time() - began) * 1000)
            wall.append((time.perf_counter() - clock) * 1000)
    before()
    with CaptureQueriesContext(connection) as queries:
        deed()
    asked = sum(not query["sql"].startswith(CONTROL) for query in queries)
    return statistics.median(cpu), percentile(cpu), percentile(wall), asked


def compared(one: Callable[[], None], other: Callable[[], None], runs: int) -> float:
    """How many times the CPU of the other, by medians. Both take turns, so that they meet the same machine."""
    spent: tuple[list[float], list[float]] = [], []
    for number in range(runs + 3):
        for deed, kept in zip((one, other), spent, strict=True):
            began = time.process_time()
            deed()
            if number >= 3:
                kept.append(time.process_time() - began)
    return statistics.median(spent[0]) / statistics.median(spent[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=60)
    runs = parser.parse_args().runs
    databases.point_to(NAME)
    with override_settings(ROOT_URLCONF=__name__):
        desk = Desk()

        def filed() -> None:
            desk.files()
            desk.checks()

        deeds = {
            "file over REST": (desk.files, lambda: None),
            "file by hand": (desk.files_by_hand, lambda: None),
            "check the papers": (desk.checks, desk.files),
            "accept": (desk.accepts, filed),
        }
        print(f"{'':24}{'CPU p50':>9}{'CPU p95':>9}{'wall p95':>10}{'statements':>12}   ms, {runs} runs")
        for name, (deed, before) in deeds.items():
            p50, p95, wall, asked = measured(deed, before, runs)
            print(f"{name:24}{p50:9.1f}{p95:9.1f}{wall:10.1f}{asked:12}", flush=True)
        ratio = compared(desk.files, desk.files_by_hand, 2 * runs)
    print(f"Filing over REST costs {ratio:.2f} times the view by hand; aim: at most 1.5.")


if __name__ == "__main__":
    main()
