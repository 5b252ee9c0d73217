"""Code that sees rows without a person's scope is listed here, purpose by purpose."""

import ast

from portal import house
from portal.isolation import Purpose

USERS: dict[str, set[str]] = {
    "SIGN_IN": {
        "portal/accounts/directory.py",
        "portal/accounts/operations/users.py",
        "services/management/commands/export_archive.py",
        "services/operations/owning.py",
        "services/replay/deeds.py",  # an invented citizen
        "staff/directory.py",
    },
    "RELAY": {
        "bench/batch.py",
        "bench/signing_batch.py",
        "documents/demo.py",
        "documents/operations/files.py",
        "documents/scanning/waiting.py",
        "portal/events/delivering.py",
        "portal/events/housekeeping.py",
        "portal/events/relay.py",
        "services/payments_made.py",
        "services/operations/consulting.py",
        "services/operations/joining.py",
    },
    "SEAL": {"portal/events/lateness.py", "portal/events/sealing.py"},
    "VERIFY": {
        "bench/register_numbers.py",
        "documents/management/commands/verify_registers.py",
        "portal/events/lateness.py",
        "portal/events/management/commands/verify_trail.py",
    },
    "OPERATIONS": {
        "portal/events/operations.py",
        "portal/events/views/desk.py",
        "portal/notifications/api/stuck.py",
        "portal/notifications/operations/sending.py",
        "portal/notifications/views/stuck.py",
    },
    "NOTIFICATION": {
        "portal/notifications/operations/confirming.py",
        "portal/notifications/operations/preferences.py",
        "portal/notifications/operations/sending.py",
        "portal/notifications/operations/telling.py",
        "portal/notifications/queries.py",
        "services/notification_subscribers.py",
    },
    "STATISTICS": {
        "portal/dashboards/operations/refreshing.py",
        "portal/dashboards/queries/checking.py",
        "portal/dashboards/queries/opened.py",
        "portal/dashboards/queries/places.py",
    },
    "REORGANISATION": {
        "documents/operations/act_reports.py",  # the proof of an act, whose report is drafted from it
        "documents/reporting.py",  # which act took effect
        "bench/act_waits.py",
        "services/demo_split.py",
        "services/replay/acts.py",
        "staff/demo_act.py",
        "units/management/commands/prove_reorganisation.py",
        "units/operations/effect.py",
        "units/operations/gathering.py",
        "units/operations/leaving.py",  # what is open at a unit that ends without successor
        "units/operations/loading.py",
        "units/operations/proving.py",
        "units/operations/simulating.py",
        "units/operations/undecided.py",
    },
    "DIRECTORY": {"services/petition_policies.py", "services/queries/conflicts.py", "staff/views/public.py"},
    "RETENTION": {
        "documents/operations/partial.py",
        "documents/sweeping.py",
        "portal/accounts/operations/users.py",
        "portal/api/idempotency.py",
        "portal/events/housekeeping.py",
        "portal/notifications/operations/sending.py",
        "services/archive_writing.py",
        "services/batch_prints.py",
        "services/retention.py",
        "services/views/retention.py",
    },
    "BACKFILL": {"portal/accounts/operations/users.py"},
    "DEADLINES": {
        "services/calendar_subscribers.py",
        "services/covering.py",
        "services/deadlines.py",
        "services/petition_deadlines.py",
        "services/petition_subscribers.py",
        "services/reminders.py",
    },
    "LOOK_UP": {
        "services/operations/citizen.py",
        "services/operations/look_up.py",
        "services/queries/look_up.py",
        "services/queries/ratings.py",
    },
    "PETITION": {
        "documents/policies.py",
        "services/operations/petition_look_up.py",
        "services/operations/petition_work.py",
        "services/operations/petitions.py",
        "services/public_words.py",
        "services/queries/petitions.py",
    },
    "DEMO": {
        "bench/batch.py",
        "bench/dossier_load.py",
        "bench/dossier_pages.py",
        "bench/dossier_writes.py",
        "bench/export.py",
        "bench/figure_pages.py",
        "bench/guard.py",
        "services/replay/replaying.py",
        "bench/register_numbers.py",
        "bench/signing_batch.py",
        "documents/demo.py",
        "services/demo_split.py",
        "documents/registers/demo.py",
        "integrations/management/commands/demo_certificates.py",
        "services/demo.py",
        "services/demo_petitions.py",
        "staff/demo.py",
    },
    "PAYMENTS": {"services/money_jobs.py", "services/operations/hearing.py", "services/payments_made.py"},
    "VERIFICATION": {"documents/queries/verification.py"},
    "REUSE": {"documents/queries/results.py"},
}
NAMED_ONLY = ("portal/isolation/", "/migrations/")  # policies name purposes, they don't take one


def found() -> dict[str, set[str]]:
    uses: dict[str, set[str]] = {}
    for path in house.product_files():
        name = house.relative(path)
        if any(part in name for part in NAMED_ONLY):
            continue
        for node in ast.walk(house.tree(path)):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Purpose":
                uses.setdefault(node.attr, set()).add(name)
    return uses


def test_every_use_of_a_purpose_is_listed() -> None:
    unlisted = {purpose: files - USERS.get(purpose, set()) for purpose, files in found().items()}
    assert not any(unlisted.values()), f"Say why in review, then add to USERS: {unlisted}"


def test_the_list_names_real_purposes_and_files() -> None:
    assert set(USERS) <= set(Purpose.__members__)
    uses = found()
    gone = {(purpose, name) for purpose, files in USERS.items() for name in files - uses.get(purpose, set())}
    assert not gone, f"Strike from USERS: {gone}"
