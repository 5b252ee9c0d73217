"""What "việc của tôi" says of petitions and low ratings: those that wait for this person, the soonest due first."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.ui.work import ITEMS_PER_SOURCE, Contribution, Count, WorkItem
from services.models import Petition
from services.petition_states import PetitionState
from services.queries.petitions import to_do, units_with_right
from services.queries.ratings import open_replies
from services.states import Capability
from services.wording_petitions import standing_of, type_in_words
from staff.policies import today


def contribution(request: HttpRequest) -> Contribution:
    user = request.user
    if not isinstance(user, User):
        return Contribution()
    return _of_officer(user) if user.is_officer else _of_citizen(user)


def _of_citizen(user: User) -> Contribution:
    """What a unit asks this person for."""
    if not user.is_citizen:
        return Contribution()
    rows = Petition.objects.of_citizen(user).filter(state=PetitionState.SUPPLEMENT).by_due_moment()
    items = [
        WorkItem(
            title=_("Petition %(code)s") % {"code": row.reference},
            url=reverse("services:own-petition", args=[row.pk]),
            kind=str(standing_of(row.state).phase),
            due_at=row.next_due_at,
        )
        for row in rows[:ITEMS_PER_SOURCE]
    ]
    return Contribution(items=items)


def _of_officer(user: User) -> Contribution:
    on, now = today(), timezone.now()
    items = [
        WorkItem(
            title=f"{row.reference}: {type_in_words(row.kind)}",
            url=reverse("services:petition", args=[row.pk]),
            kind=str(standing_of(row.state).phase),
            due_at=row.next_due_at,
        )
        for row in to_do(user, on)[:ITEMS_PER_SOURCE]
    ]
    late, url = sum(1 for item in items if item.due_at and item.due_at < now), reverse("services:petition-inbox")
    counts = [Count(_("Overdue petitions"), late, f"{url}?tre=on", late=True)] if late else []
    units = units_with_right(user, Capability.RATING_ANSWER, on)
    replies = list(open_replies(user, units)[: ITEMS_PER_SOURCE - len(items)]) if units else []
    overdue = sum(1 for reply in replies if reply.due_at < now)
    soon = sum(1 for reply in replies if reply.reminded_at and reply.due_at >= now)
    at = reverse("services:ratings")
    counts += [Count(_("Overdue answers to ratings"), overdue, at, late=True)] if overdue else []
    counts += [Count(_("Answers to ratings, due soon"), soon, at)] if soon else []
    items += [
        WorkItem(
            title=_("Low rating: %(procedure)s") % {"procedure": reply.rating.dossier.version.name_vi},
            url=reverse("services:rating-reply", args=[reply.pk]),
            kind=_("Rating to answer"),
            due_at=reply.due_at,
        )
        for reply in replies
    ]
    return Contribution(counts=counts, items=items)
