"""What happens to money by itself: orders that nobody answered are looked up, the day is compared with the gateway's
statement, and money that is not where it has to be is told.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from itertools import islice

from django.db import transaction
from django.utils.timezone import localdate

from portal.events import Topic, order
from portal.events.actors import System
from portal.isolation import Purpose, scope
from services.errors import ServicesError
from services.gateways import gateway
from services.models import Payment
from services.money_rules import money_rules_on
from services.money_states import Way
from services.operations.asking_bank import CHECK
from services.operations.paying import alert_unsettled, expire_payment
from services.payments_made import STATEMENT
from services.queries.money import to_alert, to_check, to_expire

log = logging.getLogger(__name__)
AT_ONCE = 200  # the rest has its turn at the next call
DAYS_BACK = 2  # a statement of yesterday still grows after midnight


def look_up_orders(*, now: datetime) -> int:
    """How many orders are asked about, or have ended. An order at the gateway is asked about before it ends."""
    on = localdate(now)
    waiting = _each(lambda: to_check(now - money_rules_on(on).checked_after), lambda one: _ask(one, now))
    return waiting + _each(lambda: to_expire(now), lambda one: _end(one, now))


def compare_days(*, now: datetime) -> int:
    """Orders the statements of today and the days before; how many."""
    if gateway() is None:
        return 0
    days = [localdate(now) - timedelta(days=back) for back in range(DAYS_BACK)]
    for on in days:
        ask_statement(on, now=now)
    return len(days)


def ask_statement(on: date, *, now: datetime) -> None:
    with transaction.atomic(), scope(purpose=Purpose.PAYMENTS):
        order(Topic(name=STATEMENT, payload={"day": on.isoformat()}), actor=System.SCHEDULE, unit=None, at=now)


def tell_of_late_money(*, now: datetime) -> int:
    """How many payments are told of."""
    return _each(lambda: to_alert(now), lambda one: alert_unsettled(payment_id=one.pk, actor=System.SCHEDULE, now=now))


def _ask(payment: Payment, now: datetime, *, last: bool = False) -> Payment:
    topic = Topic(name=CHECK, payload={"payment": str(payment.pk), "last": last})
    order(topic, actor=System.SCHEDULE, unit=payment.unit_id, at=now)
    return payment


def _end(payment: Payment, now: datetime) -> Payment | None:
    if payment.way == Way.GATEWAY and payment.address and gateway() is not None:
        return _ask(payment, now, last=True)
    return expire_payment(payment_id=payment.pk, actor=System.SCHEDULE, now=now)


def _each(waiting: Callable[[], Iterable[Payment]], deed: Callable[[Payment], Payment | None]) -> int:
    """Each in a transaction of its own, so that one that fails does not keep the others back."""
    with transaction.atomic(), scope(purpose=Purpose.PAYMENTS):
        found = list(islice(waiting(), AT_ONCE))
    done = 0
    for payment in found:
        try:
            with transaction.atomic(), scope(purpose=Purpose.PAYMENTS):
                done += deed(payment) is not None
        except ServicesError:  # it is tried again at the next call, and the log names it until then
            log.exception("Payment %s could not be moved by itself", payment.pk)
    return done
