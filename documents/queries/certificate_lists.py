"""Certificates and authorities for whoever keeps them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.timezone import localdate

from documents.models import Certificate, TrustAnchor
from documents.models.certificates import CertificateQuerySet
from documents.signing.states import Capability, CertificateState
from portal.accounts.models import User
from staff.catalogue import Reach
from staff.models import Assignment, Person
from staff.policies import known_grounds
from units.queries import subtree

KEEPING = frozenset({Capability.CERTIFICATE_REGISTER.value, Capability.CERTIFICATE_REVOKE.value})
MOST_PEOPLE = 300


def units_to_keep(user: User, on: date, *, is_below: bool = True) -> set[int]:
    """Units whose certificates this officer registers, suspends and revokes."""
    found: set[int] = set()
    for ground in known_grounds(user, on) if user.is_officer and user.is_active else ():
        if ground.capability in KEEPING:
            found.add(ground.unit_id)
            if is_below and ground.reach is Reach.BELOW:
                found.update(subtree(ground.unit_id, on).values_list("unit_id", flat=True))
    return found


def kept_by(user: User, on: date) -> CertificateQuerySet:
    rows = Certificate.objects.filter(unit_id__in=units_to_keep(user, on))
    return rows.select_related("person", "anchor", "unit")


def anchors() -> QuerySet[TrustAnchor, TrustAnchor]:
    return TrustAnchor.objects.order_by("name", "id")


def days_left(certificate: Certificate, on: date) -> int:
    """Below 0 when it has expired; its last day counts as 0."""
    return (localdate(certificate.valid_to) - on).days


def is_running_out(certificate: Certificate, on: date, *, within: int = 30) -> bool:
    return certificate.state != CertificateState.REVOKED and days_left(certificate, on) <= within


def people_at(unit_ids: Iterable[int], on: date) -> list[Person]:
    """Who holds a post at these units on the day."""
    ids = Assignment.objects.on(on).filter(unit_id__in=list(unit_ids)).values_list("person_id", flat=True)
    return list(Person.objects.filter(pk__in=ids).order_by("name", "id")[:MOST_PEOPLE])
