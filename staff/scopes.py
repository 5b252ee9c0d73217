"""Which rows a request may see: those of the units where its officer is assigned, or of its citizen."""

from datetime import date

from django.http import HttpRequest

from portal.accounts.models import Kind, User
from portal.accounts.models.clients import Reach as ClientReach
from portal.accounts.queries import grants_of
from portal.isolation import EMPTY, Scope
from staff import catalogue
from staff.catalogue import Reach
from staff.policies import is_alive, known_below, known_posts, remember, taken_over_of, today
from units.queries import below_ever, taken_over


def scope_for(request: HttpRequest) -> Scope:
    """For the setting SCOPE_PROVIDER. `citizen` names the user's own rows, an officer's as well."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return EMPTY
    if user.remembered_rights is None:
        remember(user)
    return scope_of(user)


def scope_of(user: User) -> Scope:
    on = today()
    if user.kind == Kind.SERVICE:
        return Scope(units=tuple(sorted(units_granted(user, "", on))), citizen=user.pk)
    if not user.is_officer:
        return Scope(citizen=user.pk)
    units: set[int] = set()
    held, lent = known_posts(user, on)
    for assignment in held:
        units |= {assignment.unit_id, *taken_over_of(assignment)}
        if any(grant.reach is Reach.BELOW for grant in catalogue.grants_of(assignment.post.code, on)):
            units.update(known_below(user, assignment.unit_id, on))
    for delegation in lent:
        if is_alive(delegation, on):
            units |= {delegation.giver.unit_id, *taken_over_of(delegation)}
    return Scope(units=tuple(sorted(units)), citizen=user.pk)


def units_granted(user: User, capability: str, on: date) -> set[int]:
    """The units where an API client was granted the capability and its token holds it; empty: any capability."""
    grants = [grant for grant in grants_of(user, on) if capability in {"", grant.capability}]
    held = [grant for grant in grants if user.narrowed_to is None or grant.capability in user.narrowed_to]
    units = {grant.unit_id for grant in held}
    for above in {grant.unit_id for grant in held if grant.reach == ClientReach.BELOW}:
        units.update(below_ever(above, on))
    return units | taken_over(units, on)
