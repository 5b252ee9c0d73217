"""An order of 500: handing over, item by item, without a broker.

python bench/batch.py [--items 500]     in mc_bench_lists, which bench/export.py fills

Prints the wall time of the order, of making its items and of doing them in one process, and the processor's share.
Needs the addresses of the services in the environment, as tests do.
"""

import argparse
import os
import sys
import time
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
django.setup()

from django.db import transaction
from django.utils import timezone

from bench.dossier_rows import superuser
from portal.accounts.models import User
from portal.events.delivering import deliver
from portal.events.models import Delivery
from portal.isolation import Purpose, scope, use
from services.batch_checks import prepare
from services.models import BatchItem, DossierBatch
from services.operations.batches import ITEM, SPREAD, Order, order_batch
from services.queries.lists import Choice, chosen
from services.states import BatchDeed
from staff.scopes import scope_of
from tests import databases

NAME = "mc_bench_lists"
HEAD, TO = "chu-tich", "ho-tich"


READY = """
with picked as (
  select id from services_dossier where competent_unit_id = (
    select unit_id from staff_assignment where user_id = (select id from accounts_user where username = %(head)s)
    limit 1)
  and reference like 'DK-Z%%' and accepted_at is not null order by id limit %(items)s
), step as (
  update services_workitem set state = 'open', done_at = null, officer_id = null where number = 2
  and dossier_id in (select id from picked)
)
update services_dossier set state = 'processing', stage = '', closed_at = null, decided_at = null, holder_id = null
where id in (select id from picked)
"""


def ready(items: int) -> None:
    """As many filled dossiers of the head's commune as are asked for wait for an officer."""
    with superuser(NAME) as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute(READY, {"head": HEAD, "items": items})


def order(items: int) -> DossierBatch:
    with transaction.atomic(), scope(purpose=Purpose.DEMO):
        head, officer = User.objects.get(username=HEAD), User.objects.get(username=TO)
        rights = scope_of(head)
    with transaction.atomic(), use(rights):
        now = timezone.now()
        found = list(chosen(head, Choice(step="specialist", holder="nobody"), now)[:items])
        picks = prepare(head, BatchDeed.ASSIGN, found).picks
        said = {"officer": str(officer.pk), "reason": "bench"}
        return order_batch(wanted=Order(BatchDeed.ASSIGN, picks, said), actor=head, now=now)


def work(topic: str) -> int:
    """What waits of the topic, one after the other, as one worker would."""
    with transaction.atomic(), scope(purpose=Purpose.RELAY):
        waiting = list(Delivery.objects.open().filter(topic=topic).order_by("created_at", "id"))
    for delivery in waiting:
        deliver(delivery.pk, clock=timezone.now)
    return len(waiting)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--items", type=int, default=500)
    chosen_items = parser.parse_args().items
    databases.point_to(NAME)
    ready(chosen_items)
    begun = time.perf_counter()
    batch = order(chosen_items)
    print(f"ordered {batch.number} in {time.perf_counter() - begun:.2f} s")
    begun = time.perf_counter()
    while work(SPREAD):
        pass
    print(f"items made in {time.perf_counter() - begun:.1f} s")
    begun, cpu = time.perf_counter(), time.process_time()
    done = work(ITEM)
    seconds, ours = time.perf_counter() - begun, time.process_time() - cpu
    with transaction.atomic(), scope(purpose=Purpose.DEMO):
        states = list(BatchItem.objects.filter(batch=batch).values_list("state", flat=True))
    each, cpu_each = seconds / done * 1000, ours / done * 1000
    print(f"{done} items in {seconds:.1f} s, {each:.0f} ms each, {cpu_each:.0f} ms of them our processor")
    print(f"{states.count('done')} done, {states.count('failed')} not")


if __name__ == "__main__":
    main()
