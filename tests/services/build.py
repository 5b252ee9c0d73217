"""Dossiers in the state that a test asks for, made by the operations."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from portal.accounts.models import User
from services.kinds import Channel
from services.models import Component, DeclarationForm, Dossier, Procedure, ProcedureVersion, Proof, WorkItem
from services.operations import filing, processing, reception
from services.operations.filing import Filing, Owner, Paper, Places
from tests.cast import Cast

RECORDED = datetime(2026, 7, 1, tzinfo=UTC)
NUMBER = "000088000009"
STEPS = [
    {"key": "receive", "name_vi": "Tiếp nhận", "role": "reception", "share_of_limit": 0.15},
    {"key": "examine", "name_vi": "Thẩm tra", "role": "specialist", "share_of_limit": 0.45},
    {"key": "approve", "name_vi": "Ký duyệt", "role": "leader", "share_of_limit": 0.2},
    {"key": "register", "name_vi": "Vào sổ", "role": "clerk", "share_of_limit": 0.1},
    {"key": "return", "name_vi": "Trả kết quả", "role": "returns", "share_of_limit": 0.1},
]
COMPONENTS = [
    {"key": "application_form", "name_vi": "Tờ khai", "required": True, "originals": 1},
    {"key": "birth_notice", "name_vi": "Giấy chứng sinh", "required": True, "replaceable_by": "birth_notice"},
    {"key": "birth_statement", "name_vi": "Giấy cam đoan", "required": False, "alternative_to": "birth_notice"},
]
PARTS: dict[str, Any] = {
    "limit": {"value": 3, "unit": "working_day"},
    "components": COMPONENTS,
    "forms": [{"component": "application_form", "name_vi": "Tờ khai"}],
    "results": [{"name_vi": "Giấy khai sinh", "code": "KQ.G15.000031", "kind": "issue"}],
}


def version_of(code: str, **more: Any) -> ProcedureVersion:
    """A version in force since 1 July 2026, with three components and five steps."""
    procedure, _ = Procedure.objects.get_or_create(code=code, defaults={"recorded_at": RECORDED})
    form, _ = DeclarationForm.objects.get_or_create(
        digest="0" * 64, defaults={"code": "generic", "definition": {}, "recorded_at": RECORDED}
    )
    values: dict[str, Any] = {
        "procedure": procedure,
        "valid": DateRange(date(2026, 7, 1), None),
        "name_vi": "Đăng ký khai sinh",
        "field": "Hộ tịch",
        "levels": ["commune"],
        "parts": PARTS,
        "steps": STEPS,
        "form": form,
        "online_level": "full",
        "filing": "here",
        "source": "test",
        "digest": code.ljust(64, "0"),
        "recorded_at": RECORDED,
    }
    return ProcedureVersion.objects.create(**{**values, **more})


def birth() -> ProcedureVersion:
    return version_of("1.001193")


@dataclass
class Office:
    """`now` moves on with every deed, so that no two happen at one moment."""

    people: Cast
    version: ProcedureVersion
    now: datetime
    papers: tuple[Paper, ...] = field(default=(Paper("birth_notice", Proof.ATTACHED),))

    def tick(self, **delta: int) -> datetime:
        self.now += timedelta(**(delta or {"minutes": 1}))
        return self.now

    def filing(self, **more: Any) -> Filing:
        home = self.people.home
        values: dict[str, Any] = {
            "version": self.version,
            "owner": Owner("Giàng Thị Nhuẫn", NUMBER),
            "filer": None,
            "filer_name": "Vàng Thị Dở",
            "answers": {"child_name": "Giàng Thị Nhuẫn"},
            "contact": {"phone": "0912000321"},
            "summary": "Đăng ký khai sinh cho Giàng Thị Nhuẫn",
            "places": Places(home, home, home),
            "channel": Channel.DESK,
            "return_channel": Channel.DESK,
            "papers": self.papers,
            "assisted_by": self.people.desk_officer.user,
        }
        return Filing(**{**values, **more})

    def submitted(self, *, actor: User | None = None, **more: Any) -> Dossier:
        actor = actor or self.people.desk_officer.user
        return filing.submit(filing=self.filing(**more), actor=actor, now=self.tick())

    def checked(self, dossier: Dossier) -> Dossier:
        for row in Component.objects.filter(dossier=dossier, proof=Proof.ATTACHED).order_by("id"):
            reception.check_component(
                dossier=dossier,
                key=row.key,
                proof=Proof.ATTACHED,
                counts=(1, 0, 0),
                note="",
                actor=self.people.desk_officer.user,
                now=self.tick(),
            )
        return dossier

    def accepted(self, **more: Any) -> Dossier:
        dossier = self.checked(self.submitted(**more))
        return reception.accept(dossier=dossier, actor=self.people.desk_officer.user, now=self.tick())

    def processing(self, **more: Any) -> Dossier:
        dossier = self.accepted(**more)
        item = self.open_step(dossier)
        processing.take_step(item=item, actor=self.people.specialist.user, now=self.tick())
        return self.again(dossier)

    @staticmethod
    def open_step(dossier: Dossier) -> WorkItem:
        return WorkItem.objects.of(dossier).open().select_related("dossier").get()

    @staticmethod
    def again(dossier: Dossier) -> Dossier:
        return Dossier.objects.select_related("version").get(pk=dossier.pk)
