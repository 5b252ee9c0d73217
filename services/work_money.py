"""What "việc của tôi" says of money: refunds that wait for this officer, and exemptions that somebody asks for."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.ui.work import ITEMS_PER_SOURCE, Contribution, Count, WorkItem
from services.models import Fee, Refund
from services.money_policies import refund_abilities
from services.queries.dossiers import units_with
from services.queries.money import asked_exemptions, waiting_refunds
from services.states import Capability
from services.wording_money import REFUND_STATES, dong
from staff.policies import today


def contribution(request: HttpRequest) -> Contribution:
    """For `portal.ui.work.register`."""
    user = request.user
    if not isinstance(user, User) or not user.is_officer:
        return Contribution()
    on = today()
    desks = units_with(user, Capability.TAKE_PAYMENT, on)
    items = [_to_look_at(fee) for fee in asked_exemptions(desks)[:ITEMS_PER_SOURCE]] if desks else []
    units = units_with(user, Capability.OVERSEE_PAYMENTS, on)
    if not units:
        return Contribution(items=items)
    waiting = waiting_refunds(units)
    number = waiting.count()
    own = [one for one in waiting[:ITEMS_PER_SOURCE] if any(refund_abilities(user, one).values())]
    items += [_to_decide(one) for one in own]
    counts = [Count(_("Refunds that wait"), number, reverse("services:finance-waiting"))] if number else []
    return Contribution(counts=counts, items=items[:ITEMS_PER_SOURCE])


def _to_decide(row: Refund) -> WorkItem:
    return WorkItem(
        title=_("Refund %(amount)s: %(dossier)s") % {"amount": dong(row.amount), "dossier": row.dossier},
        url=reverse("services:finance-refund", args=[row.pk]),
        kind=str(REFUND_STATES[row.state][0]),
    )


def _to_look_at(fee: Fee) -> WorkItem:
    return WorkItem(
        title=_("Exemption from the fee: %(dossier)s") % {"dossier": fee.dossier},
        url=reverse("services:desk-fee", args=[fee.dossier_id]),
        kind=_("Exemption that was asked for"),
    )
