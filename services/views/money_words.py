"""Fees, payments and refunds as pages show them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.ui.wording import moment
from services.fees import Line, lines_of
from services.gateways import gateway
from services.models import Dossier, Fee, Payment, Refund
from services.money_policies import fee_abilities
from services.money_rules import money_rules_on
from services.money_states import PaymentState, Way
from services.queries.money import Balance, account_on, balance_of, payments_of, refunds_of
from services.wording_money import PAYMENT_STATES, REASONS, REFUND_STATES, WAYS, dong, exemption, in_language, line

Context = dict[str, Any]


def whole(dossier: Dossier, user: User, now: datetime) -> Context:
    balance = balance_of(dossier)
    on = localdate(now)
    may = fee_abilities(user, dossier, balance)
    account = account_on(dossier.receiving_unit_id, on) if balance.is_due else None
    if account is None:
        may |= {"pay_online": False, "pay_by_transfer": False}
    if gateway() is None:
        may["pay_online"] = False
    return {
        "dossier": dossier,
        "title": f"{dossier} · {dossier.owner_name}",
        "procedure": dossier.version.name_vi,
        "balance": balance,
        "standing": standing(balance),
        "name": in_language(money_rules_on(on).name_of(dossier.version.field), "name"),
        "lines": fee_lines(balance.fee),
        "total": dong(balance.fee.amount) if balance.fee and balance.fee.amount is not None else "",
        "owed": dong(balance.owed) if balance.owed else "",
        "facts": fee_facts(balance.fee, now),
        "may": may,
        "offered": money_rules_on(on).exemptions_of(dossier.version.field),
        "payments": [payment_row(one) for one in payments_of(dossier)],
        "refunds": [refund_row(one) for one in refunds_of(dossier)],
        "rule": (dossier.version.parts.get("fees") or {}).get("rule_vi", ""),
    }


def standing(balance: Balance) -> tuple[str, str]:
    """In one line, with its colour."""
    fee = balance.fee
    if balance.owed is None:
        return _("The desk still has to assess the fee"), "yellow"
    if balance.owed:
        return _("To be paid: %(amount)s") % {"amount": dong(balance.owed)}, "orange"
    if balance.paid:
        return _("Paid: %(amount)s") % {"amount": dong(balance.paid)}, "green"
    if fee is not None and fee.exemption:
        return _("Exempt, nothing is to be paid"), "green"
    return _("Nothing is to be paid"), "grey"


def fee_lines(fee: Fee | None) -> list[Context]:
    if fee is None:
        return []
    return [{"text": line(one), "amount": amount_of(one, fee)} for one in lines_of(fee.lines)]


def amount_of(one: Line, fee: Fee) -> str:
    """A line whose amount nobody has set yet shows none."""
    return "" if fee.amount is None and not one.amount else dong(one.amount)


def fee_facts(fee: Fee | None, now: datetime) -> list[Context]:
    """Why the amount is what it is."""
    if fee is None:
        return []
    rules = money_rules_on(localdate(now))
    rows: list[Context] = []
    if fee.exemption and (found := rules.exemption(fee.exemption)):
        rows.append({"key": _("Exemption"), "value": exemption(found), "source": fee.evidence})
    if fee.ground:
        rows.append({"key": _("Legal ground"), "value": fee.ground, "lang": "vi"})
    if fee.claimed and (found := rules.exemption(fee.claimed)):
        told = f"{fee.claim_evidence}, {moment(fee.claimed_at)}"
        rows.append({"key": _("Exemption that was asked for"), "value": exemption(found), "source": told})
        if fee.claim_denied_at:
            when = moment(fee.claim_denied_at)
            rows.append({"key": _("Not accepted, because"), "value": fee.claim_answer, "source": when, "lang": "vi"})
        else:
            rows.append({"key": _("Where it stands"), "value": _("The desk looks at the paper")})
    return rows


def payment_row(payment: Payment) -> Context:
    words, colour = PAYMENT_STATES[payment.state]
    receipt = getattr(payment, "receipt", None)
    form = receipt.form if receipt else None
    return {
        "row": payment,
        "way": WAYS[payment.way],
        "amount": dong(payment.received or payment.amount),
        "state": words,
        "colour": colour,
        "at": moment(payment.paid_at or payment.begun_at),
        "receipt": str(receipt) if receipt else "",
        "receipt_url": reverse("services:printed-form", args=[form.pk]) if form and form.is_made else "",
        "is_open": payment.state == PaymentState.OPEN and payment.way != Way.CASH,
    }


def refund_row(refund: Refund) -> Context:
    words, colour = REFUND_STATES[refund.state]
    return {
        "row": refund,
        "amount": dong(refund.amount),
        "reason": REASONS[refund.reason],
        "state": words,
        "colour": colour,
        "at": moment(refund.ended_at or refund.decided_at or refund.asked_at),
    }


def payment_facts(payment: Payment) -> list[Context]:
    """The page of one payment."""
    words, _colour = PAYMENT_STATES[payment.state]
    rows: list[Context] = [
        {"key": _("Amount"), "value": dong(payment.received or payment.amount)},
        {"key": _("How it is paid"), "value": WAYS[payment.way]},
        {"key": _("State"), "value": words},
        {"key": _("Begun"), "value": moment(payment.begun_at)},
    ]
    if payment.state == PaymentState.OPEN and payment.expires_at:
        rows.append({"key": _("Please pay until"), "value": moment(payment.expires_at)})
    if payment.paid_at:
        rows.append({"key": _("Paid"), "value": moment(payment.paid_at), "source": payment.bank_key})
    return rows


def transfer_facts(payment: Payment, dossier: Dossier) -> list[Context]:
    """What is typed where no QR can be scanned."""
    account = account_on(payment.unit_id, localdate(payment.begun_at))
    if account is None:
        return []
    return [
        {"key": _("Bank"), "value": account.bank_name},
        {"key": _("Account"), "value": account.account, "source": account.account_name},
        {
            "key": _("Purpose of the transfer"),
            "value": str(dossier),
            "source": _("Exactly so: the payment is found by it."),
        },
    ]


def rows_of(payments: Iterable[Payment]) -> list[Context]:
    return [payment_row(one) for one in payments]
