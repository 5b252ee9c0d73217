"""What the people of a dossier were told about it, for the officers who see it."""

from portal.notifications.models import Notification
from portal.notifications.models import NotificationQuerySet as Told
from services.models import Dossier

SUBJECT = "services.dossier"


def told_about(dossier: Dossier) -> Told:
    """Newest first. Row-level security shows those of the units of the officer; a visible dossier was asked before."""
    rows = Notification.objects.filter(subject_type=SUBJECT, subject_id=str(dossier.pk))
    return rows.order_by("-created_at", "id")
