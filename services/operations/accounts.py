"""Where a unit collects, from a day on; what was before keeps its days."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from portal.events import record
from portal.events.actors import Actor
from services.errors import NotAllowedError
from services.events import Fact
from services.models import CollectingAccount
from services.money_errors import AccountInOrderError
from services.policies import Capability, may_at


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountData:
    bank_bin: str
    bank_name: str
    account: str
    account_name: str
    tax_code: str
    receipt_form: str
    receipt_symbol: str


@transaction.atomic
def enter_account(
    *, unit_id: int, data: AccountData, first_day: date, actor: Actor, now: datetime
) -> CollectingAccount:
    """The one before ends on the day before. Raises NotAllowedError, AccountInOrderError."""
    if not may_at(actor, Capability.KEEP_ACCOUNT, unit_id):
        raise NotAllowedError
    rows = CollectingAccount.objects.select_for_update().filter(unit=unit_id).order_by("-valid", "-id")
    last = rows.first()
    if last is not None:
        if last.valid.lower >= first_day:
            raise AccountInOrderError
        last.valid = DateRange(last.valid.lower, first_day)
        last.save(update_fields=["valid"])
    made = CollectingAccount.objects.create(
        unit_id=unit_id,
        valid=DateRange(first_day, None),
        bank_bin=data.bank_bin,
        bank_name=data.bank_name,
        account=data.account,
        account_name=data.account_name,
        tax_code=data.tax_code,
        receipt_form=data.receipt_form,
        receipt_symbol=data.receipt_symbol,
        entered_at=now,
        entered_by=actor.event_actor,
    )
    facts = {"unit": unit_id, "from": first_day}
    record(Fact.ACCOUNT_ENTERED, subject=made, actor=actor, unit=unit_id, at=now, facts=facts)
    return made
