"""What waits for an officer in "việc của tôi": drafts to mend, documents to review, check, sign, issue."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from documents import wording
from documents.queries.documents import waiting_for
from portal.accounts.models import User
from portal.ui.work import ITEMS_PER_SOURCE, Contribution, Count, WorkItem
from staff.policies import today


def contribution(request: HttpRequest) -> Contribution:
    """For `portal.ui.work.register`. Citizens have no documents to work on."""
    user = request.user
    if not isinstance(user, User) or not user.is_officer:
        return Contribution()
    waiting = waiting_for(user, today())
    number = waiting.count()
    if not number:
        return Contribution()
    items = [
        WorkItem(
            title=row.subject,
            url=reverse("documents:document", args=[row.pk]),
            kind=_("Document, %(state)s") % {"state": wording.state(row.state)},
            due_at=row.due_at,
        )
        for row in waiting[:ITEMS_PER_SOURCE]
    ]
    link = reverse("documents:documents") + "?cho_toi=on"
    return Contribution(counts=[Count(_("Documents that wait for you"), number, link)], items=items)
