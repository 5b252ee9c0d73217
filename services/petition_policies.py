"""Who may take which step with a petition. Whoever it complains about may take none."""

from datetime import date

from portal.accounts.models import User
from portal.events.actors import Actor, System
from portal.isolation import Purpose, scope
from services.models import Petition, RatingReply
from services.petition_states import (
    ANSWER_SENT,
    PETITION_TRANSITIONS,
    UNTAKEN,
    PetitionAction,
    PetitionSide,
    PetitionState,
    ReplyState,
)
from services.policies import may_at
from services.states import Capability
from staff.catalogue import posts_with
from staff.models import Assignment

MOST_OFFICERS = 200


def is_barred(user: User, petition: Petition) -> bool:
    return user.pk in petition.barred


def is_filer(actor: Actor, petition: Petition) -> bool:
    return isinstance(actor, User) and actor.is_citizen and petition.filer_id == actor.pk


def may_handle(actor: Actor, petition: Petition) -> bool:
    """Whether the actor's post handles petitions at the unit that answers for this one."""
    if isinstance(actor, User) and is_barred(actor, petition):
        return False
    return may_at(actor, Capability.PETITION_HANDLE, petition.responsible_unit_id)


def may_lead(actor: Actor, petition: Petition) -> bool:
    if isinstance(actor, User) and is_barred(actor, petition):
        return False
    return may_at(actor, Capability.PETITION_LEAD, petition.responsible_unit_id)


def may_see(user: User, petition: Petition) -> bool:
    """Its filer; and officers of the units that had a part in it, as far as their post handles petitions there."""
    if not user.is_officer:
        return is_filer(user, petition)
    return not is_barred(user, petition) and any(
        may_at(user, Capability.PETITION_HANDLE, unit) for unit in sorted(petition.units)
    )


def may_take_step(action: PetitionAction, actor: Actor, petition: Petition) -> bool:
    """Whether this is the actor's step at all; whether its time has come, the table says."""
    if isinstance(actor, System):
        return True
    side = PETITION_TRANSITIONS[action].side
    if side is PetitionSide.FILER:
        return is_filer(actor, petition)
    if side is PetitionSide.HEAD:
        return may_lead(actor, petition)
    return side in {PetitionSide.UNIT, PetitionSide.HOLDER} and may_handle(actor, petition)


def holds(actor: Actor, petition: Petition) -> bool:
    """Before it is taken anybody of the unit decides; then whoever holds it."""
    if PetitionState(petition.state) in UNTAKEN or isinstance(actor, System):
        return True
    return petition.handler_id is None or petition.handler_id == getattr(actor, "pk", None)


def petition_abilities(user: User, petition: Petition) -> dict[str, bool]:
    """What this person may do now: for buttons and for REST."""
    state = PetitionState(petition.state)
    found = {
        action.value: state in transition.sources
        and may_take_step(action, user, petition)
        and (transition.side is not PetitionSide.HOLDER or holds(user, petition))
        for action, transition in PETITION_TRANSITIONS.items()
        if transition.sources and transition.side is not PetitionSide.SYSTEM
    }
    handles, leads = may_handle(user, petition), may_lead(user, petition)
    working = state in {*UNTAKEN, PetitionState.PROCESSING, PetitionState.SUPPLEMENT}
    return found | {
        "view": may_see(user, petition),
        "assign": working and (leads or (handles and petition.handler_id == user.pk)),
        "link": petition.is_open and handles,
        "bar": petition.is_open and leads,
        "note": handles,
        "rate": state in ANSWER_SENT and petition.rated_at is None and is_filer(user, petition),
    }


def officers_for(unit_id: int, on: date, *, besides: frozenset[object] = frozenset()) -> list[tuple[User, str]]:
    """Who handles petitions at the unit by their post, with name and post; not those of `besides`."""
    with scope(purpose=Purpose.DIRECTORY):
        rows = list(
            Assignment.objects.at_unit(unit_id)
            .on(on)
            .filter(user__isnull=False, post__code__in=posts_with(Capability.PETITION_HANDLE, on))
            .select_related("user", "person", "post")
            .order_by("person__name", "id")[:MOST_OFFICERS]
        )
    found: dict[object, tuple[User, str]] = {}
    for row in rows:
        if row.user and row.user_id not in besides:
            found.setdefault(row.user_id, (row.user, f"{row.person.name} ({row.post.name})"))
    return list(found.values())


def may_answer_rating(actor: Actor, reply: RatingReply) -> bool:
    return may_at(actor, Capability.RATING_ANSWER, reply.unit_id)


def reply_abilities(user: User, reply: RatingReply) -> dict[str, bool]:
    is_own = reply.rating.officer_id == user.pk
    return {"answer": reply.state == ReplyState.OPEN and not is_own and may_answer_rating(user, reply)}
