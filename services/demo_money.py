"""Money in the demonstration: an account to collect on, a fee that is owed with its QR, and one on its way back."""

from datetime import date, datetime, timedelta

from portal.accounts.models import User
from portal.events.actors import System
from services.models import Dossier
from services.money_states import Way
from services.operations.accounts import AccountData, enter_account
from services.operations.citizen import withdraw
from services.operations.paying import begin_payment, take_cash
from services.operations.refunds import refund_ended
from services.queries.money import account_on, balance_of

SINCE = date(2025, 7, 1)
ACCOUNT = AccountData(  # invented; the code is that of a bank, so that the QR has the right shape
    bank_bin="970415",
    bank_name="VietinBank",
    account="113366668888",
    account_name="UBND XA BAC HA",
    tax_code="0100233488",
    receipt_form="01BLP0-001",
    receipt_symbol="BH-26E",
)


def account(unit_id: int, now: datetime) -> None:
    if account_on(unit_id, now.date()) is None:
        enter_account(unit_id=unit_id, data=ACCOUNT, first_day=SINCE, actor=System.DEMO, now=now)


def owe(dossier: Dossier, officer: User, at: datetime) -> None:
    """The desk shows the QR, and the bank has not spoken yet."""
    owed = balance_of(dossier).owed or 0
    begin_payment(dossier=dossier, way=Way.TRANSFER, amount=owed, actor=officer, now=at)


def give_back(dossier: Dossier, officer: User, at: datetime) -> None:
    """Paid in cash, then withdrawn before it was received: the whole of it goes back."""
    take_cash(dossier=dossier, amount=balance_of(dossier).owed or 0, actor=officer, now=at)
    later = at + timedelta(minutes=2)
    withdraw(dossier=dossier, reason="\u2013", actor=officer, now=later)
    refund_ended(dossier=dossier, actor=System.DEMO, now=later)
