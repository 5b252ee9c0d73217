"""What "việc của tôi" says of forms that were begun and not filed, and until when they are kept."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.ui.work import ITEMS_PER_SOURCE, Contribution, Count, WorkItem
from services.models import Draft
from services.models.drafts import DraftQuerySet


def contribution(request: HttpRequest) -> Contribution:
    """For `portal.ui.work.register`."""
    user = request.user
    if not isinstance(user, User):
        return Contribution()
    rows = _open(user).select_related("version").order_by("expires_at", "id")[: ITEMS_PER_SOURCE + 1]
    found = list(rows)
    if not found:
        return Contribution()
    url = reverse("services:visit" if user.is_officer else "services:drafts")
    count = Count(_("Drafts"), len(found) if len(found) <= ITEMS_PER_SOURCE else _open(user).count(), url)
    return Contribution(counts=[count], items=[_item(draft) for draft in found[:ITEMS_PER_SOURCE]])


def _open(user: User) -> DraftQuerySet:
    return Draft.objects.of(user).unsent().filter(expires_at__gt=timezone.now())


def _item(draft: Draft) -> WorkItem:
    name = "services:assist-tasks" if draft.desk_unit_id else "services:draft-tasks"
    return WorkItem(
        title=draft.version.name_vi,
        url=reverse(name, kwargs={"draft": draft.pk}),
        kind=_("Draft, kept until"),
        due_at=draft.expires_at,
    )
