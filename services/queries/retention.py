"""What is due to go by a rule of retention: the same question for the run, the calendar, the lists and each dossier.

`dossiers_by_rule` is the one place that says when something is due, so that nothing else can come to another answer.
"""

import hashlib
import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    DateTimeField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import TruncMonth
from django.utils.timezone import get_default_timezone, localdate

from documents.models import StoredFile
from documents.states import FileState
from portal.accounts import vault
from portal.accounts.models import User
from services.models import (
    Attachment,
    ConsultationFile,
    Correction,
    Dossier,
    Draft,
    FeeReceipt,
    LinkedPart,
    Message,
    Note,
    PackagedDossier,
    PaymentMessage,
    Petition,
    PrintedForm,
    RealMoment,
    Refund,
    RetentionHold,
    RetentionStep,
    Visit,
)
from services.money_states import RefundState
from services.petition_states import OPEN as PETITION_OPEN
from services.queries.dossiers import units_with
from services.retention_kinds import OF_DOSSIER, From, HoldState, Kept, PackageState
from services.retention_rules import RetentionRule, retention_rules_on
from services.rules import rules_on
from services.states import CLOSED, Capability, CorrectionState

MONTHS_AHEAD = 12
Judged = QuerySet[Any]  # with what the rules say of each row
RECEIPT_FORM = "fee-receipt"
GOING = [RefundState.ASKED.value, RefundState.APPROVED.value, RefundState.SENT.value]
MENDING = [CorrectionState.ASKED.value, CorrectionState.BEGUN.value]


class _Due(Func):
    """When something is due: the moment of the end, the months, whether the year of the end is waited for. In local
    time, so that a year ends at midnight here.
    """

    template = (
        "((case when %(counted)s then date_trunc('year', %(ended)s at time zone '%(zone)s') + interval '1 year' "
        "else %(ended)s at time zone '%(zone)s' end) + make_interval(months => %(months)s)) at time zone '%(zone)s'"
    )
    output_field = DateTimeField()

    def as_sql(self, compiler: Any, connection: Any, *_args: Any, **_extra: Any) -> Any:
        ended, months, counted = (compiler.compile(one) for one in self.get_source_expressions())
        sql = self.template % {
            "ended": ended[0], "months": months[0], "counted": counted[0], "zone": settings.TIME_ZONE,
        }  # fmt: skip
        return sql, [*counted[1], *ended[1], *ended[1], *months[1]]


def _fits(rule: RetentionRule) -> Q:
    wanted = (
        Q() if rule.is_for_all else Q(version__field__in=rule.fields) | Q(version__procedure__code__in=rule.procedures)
    )
    return wanted & Q(accepted_at=None) if rule.only_unaccepted else wanted


def _chosen(rules: Iterable[RetentionRule], value: str, output: "CharField[str, str] | IntegerField[int, int]") -> Case:
    """The first rule that fits, as Python chooses it."""
    cases, default = [], Value(None, output_field=output)
    for rule in rules:
        said = Value(getattr(rule, value), output_field=output)
        if not _fits(rule):
            default = said
            break
        cases.append(When(_fits(rule), then=said))
    return Case(*cases, default=default, output_field=output)


def dossiers_by_rule(kind: Kept, *, on: date) -> Judged:
    """Closed dossiers of which something of the kind is kept still, with `rule` (its key), `kept_until` (None: for
    ever), `is_held` and `is_waiting`: the archive must have it first and does not yet.
    """
    rules = retention_rules_on(on).of(kind)
    closed = [str(state) for state in CLOSED]
    rows = Dossier.objects.filter(state__in=closed, closed_at__isnull=False).filter(_holds_some(kind))
    steps = RetentionStep.objects.filter(dossier=OuterRef("pk"), kind=kind.value)
    first = [rule.key for rule in rules if rule.archive_first]
    by_year = [rule.key for rule in rules if rule.counted_from is From.YEAR_END]
    rows = rows.filter(~Exists(steps)).annotate(rule=_chosen(rules, "key", CharField()))
    return rows.annotate(
        kept_until=_Due(F("closed_at"), _chosen(rules, "months", IntegerField()), _among(by_year)),
        is_held=is_held(),
        is_waiting=Case(
            When(Q(rule__in=first) & ~Exists(_archived()), then=True), default=False,
            output_field=BooleanField(),
        ),
    )  # fmt: skip  # an annotation on a line


def archive_first(rows: QuerySet[Any], *, on: date) -> Judged:
    """Those of which some rule says that the archive has them first."""
    wanted, found = Q(), rows
    for kind in (Kept.PAPERS, Kept.DOSSIER):
        rules = retention_rules_on(on).of(kind)
        found = found.annotate(**{f"rule_{kind.value}": _chosen(rules, "key", CharField())})
        wanted |= Q(**{f"rule_{kind.value}__in": [rule.key for rule in rules if rule.archive_first]})
    return found.filter(wanted)


def _among(keys: list[str]) -> Case:
    return Case(When(rule__in=keys, then=True), default=False, output_field=BooleanField())


def _archived() -> QuerySet[PackagedDossier]:
    return PackagedDossier.objects.filter(dossier=OuterRef("pk"), package__state=PackageState.RECEIVED.value)


def is_held() -> Exists:
    """Whether something keeps it from going: a hold, an open petition, correction or refund, a part not finished."""
    joined = LinkedPart.objects.filter(Q(joined=OuterRef("pk")) | Q(dossier=OuterRef("pk")))
    running = ~Q(dossier__state__in=[str(one) for one in CLOSED]) | ~Q(joined__state__in=[str(one) for one in CLOSED])
    return Exists(
        Dossier.objects.filter(pk=OuterRef("pk")).filter(
            Exists(RetentionHold.objects.filter(dossier=OuterRef("pk"), state=HoldState.HELD.value))
            | Exists(Petition.objects.filter(dossier=OuterRef("pk"), state__in=[str(one) for one in PETITION_OPEN]))
            | Exists(Correction.objects.filter(dossier=OuterRef("pk"), state__in=MENDING))
            | Exists(Refund.objects.filter(dossier=OuterRef("pk"), state__in=GOING))
            | Exists(joined.filter(running))
        )
    )


def _holds_some(kind: Kept) -> Q:
    """Whether there is anything of the kind at all."""
    of, whole = {"dossier": OuterRef("pk")}, Q(minimised_at=None)
    if kind is Kept.TALK:
        return whole & (Q(Exists(Message.objects.filter(**of))) | Q(Exists(Note.objects.filter(**of))))
    if kind is Kept.RECEIPT:
        told = PaymentMessage.objects.filter(payment__dossier=OuterRef("pk"))
        return Q(Exists(FeeReceipt.objects.filter(**of))) | Q(Exists(told))
    if kind is Kept.PAPERS:
        return whole & (Q(Exists(attachments(OuterRef("pk")))) | Q(Exists(forms(OuterRef("pk")))))
    return whole


def attachments(dossier: Any) -> QuerySet[Attachment]:
    return Attachment.objects.filter(component__dossier=dossier)


def forms(dossier: Any) -> QuerySet[PrintedForm]:
    """Without receipts of fees, which another law keeps."""
    return PrintedForm.objects.filter(dossier=dossier).exclude(form=RECEIPT_FORM)


def files_of(dossier: Dossier, *, gone: bool = False) -> QuerySet[StoredFile]:
    """All that was sent in for it or made for its people and is there still; no document of a register."""
    ids = [
        attachments(dossier).values("file"),
        forms(dossier).filter(file__isnull=False).values("file"),
        ConsultationFile.objects.filter(consultation__dossier=dossier).values("file"),
        RealMoment.objects.filter(dossier=dossier, file__isnull=False).values("file"),
        Message.objects.filter(dossier=dossier, file__isnull=False).values("file"),
        dossier.__class__.objects.filter(pk=dossier.pk, mandate__file__isnull=False).values("mandate__file"),
    ]
    wanted = Q()
    for one in ids:
        wanted |= Q(pk__in=one)
    found = StoredFile.objects.filter(wanted).order_by("uploaded_at", "id")
    return found if gone else found.exclude(state=FileState.REMOVED)


def due_now(kind: Kept, now: datetime) -> Judged:
    """What the run takes: its time is over, nothing holds it, the archive has it where it must."""
    rows = dossiers_by_rule(kind, on=localdate(now))
    return rows.filter(kept_until__lte=now, is_held=False, is_waiting=False)


def records_units(user: User, on: date) -> list[int]:
    """Where this officer answers for what is kept; of a provincial officer also the communes below."""
    return units_with(user, Capability.RECORDS_KEEP, on) if not user.is_citizen else []


@dataclass(frozen=True, slots=True)
class Line:
    """How many things of one rule are due in one month. `month` is its first day."""

    month: date
    rule: RetentionRule
    number: int
    held: int
    waiting: int


def calendar(units: list[int], kind: Kept, now: datetime, *, months: int = MONTHS_AHEAD) -> list[Line]:
    """What is due in this month and the next ones, what is overdue counted with this month; soonest first."""
    today = localdate(now)
    first = today.replace(day=1)
    rows = dossiers_by_rule(kind, on=today).filter(
        responsible_unit__in=units, kept_until__lt=_midnight(_later(first, months))
    )
    found = rows.annotate(month=TruncMonth("kept_until", tzinfo=get_default_timezone())).values("month", "rule")
    counted = found.annotate(
        number=Count("pk"), held=Count("pk", filter=Q(is_held=True)), waiting=Count("pk", filter=Q(is_waiting=True))
    ).order_by("month", "rule")
    rules = retention_rules_on(today)
    lines: dict[tuple[date, str], Line] = {}
    for row in counted:
        month = max(row["month"].date(), first)
        known = lines.get((month, row["rule"]), Line(month, rules.rule(row["rule"]), 0, 0, 0))
        lines[month, row["rule"]] = replace(
            known,
            number=known.number + row["number"],
            held=known.held + row["held"],
            waiting=known.waiting + row["waiting"],
        )
    return list(lines.values())


def due_in(units: list[int], kind: Kept, month: date, now: datetime) -> Judged:
    """The dossiers behind a line of the calendar: of this month also what is overdue."""
    today = localdate(now)
    rows = dossiers_by_rule(kind, on=today).filter(
        responsible_unit__in=units, kept_until__lt=_midnight(_later(month, 1))
    )
    if month > today.replace(day=1):
        rows = rows.filter(kept_until__gte=_midnight(month))
    return rows.select_related("version").order_by("kept_until", "id")


def _later(month: date, number: int) -> date:
    past = month.year * 12 + month.month - 1 + number
    return date(past // 12, past % 12 + 1, 1)


def _midnight(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, tzinfo=get_default_timezone())


def holds_of(units: list[int]) -> QuerySet[RetentionHold]:
    """Those that hold still, the oldest first."""
    rows = RetentionHold.objects.filter(dossier__responsible_unit__in=units, state=HoldState.HELD.value)
    return rows.select_related("dossier__version").order_by("set_at", "id")


@dataclass(frozen=True, slots=True)
class Until:
    """Until when something of one dossier is kept. `due_at` None: for ever; `done_at`: it is gone."""

    rule: RetentionRule
    due_at: datetime | None
    done_at: datetime | None = None


def untils_of(dossier: Dossier, now: datetime) -> list[Until]:
    """For whoever sees the dossier, once it is closed: of each kind, what is kept until when."""
    if dossier.closed_at is None:
        return []
    today = localdate(now)
    rules = retention_rules_on(today)
    done = {step.kind: step for step in RetentionStep.objects.filter(dossier=dossier).order_by("id")}
    found = []
    for kind in OF_DOSSIER:
        if kind.value in done:
            step = done[kind.value]
            found.append(Until(rules.rule(step.rule), step.due_at, step.done_at))
            continue
        row = dossiers_by_rule(kind, on=today).filter(pk=dossier.pk).only("pk").first()
        if row is not None:
            found.append(Until(rules.rule(row.rule), row.kept_until))
    return found


def held(dossier: Dossier) -> bool:
    """Whether anything keeps it from going, a hold or something that is not finished."""
    return Dossier.objects.filter(pk=dossier.pk).filter(is_held()).exists()


def month_end(now: datetime) -> datetime:
    return _midnight(_later(localdate(now).replace(day=1), 1))


def drafts_due(units: list[int], until: datetime) -> "QuerySet[Draft]":
    """Counted only: nobody but its writer opens a draft. The caller's scope must show them."""
    mine = Q(desk_unit__in=units) | Q(desk_unit=None, competent_unit__in=units)
    return Draft.objects.unsent().filter(mine, expires_at__lt=until)


def visits_due(units: list[int], until: datetime, on: date) -> "QuerySet[Visit]":
    return Visit.objects.filter(desk_unit__in=units, ends_at__lt=until - rules_on(on).draft_kept)


def petitions_due(now: datetime) -> Judged:
    """Those that ended long enough ago and name somebody still."""
    today = localdate(now)
    rule = retention_rules_on(today).of(Kept.PETITION)[0]
    rows = Petition.objects.filter(closed_at__isnull=False).exclude(text="")
    months = Value(rule.months, output_field=IntegerField())
    by_year = Value(rule.counted_from is From.YEAR_END, output_field=BooleanField())
    return rows.annotate(kept_until=_Due(F("closed_at"), months, by_year)).filter(kept_until__lte=now)


def seen_by(user: User, pk: uuid.UUID, on: date) -> Dossier | None:
    """A dossier for whose keeping this officer answers."""
    rows = Dossier.objects.filter(pk=pk, responsible_unit__in=records_units(user, on))
    return rows.select_related("version__procedure").first()


def declared_digest(answers: object) -> str:
    """A keyed digest: it proves the same declaration when somebody shows it, and nobody can guess from it."""
    text = json.dumps(answers, ensure_ascii=False, sort_keys=True, default=str)
    return vault.blind_index(hashlib.sha256(text.encode()).hexdigest(), purpose="services.tombstone").hex()
