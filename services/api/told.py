"""What the people of a dossier were told, over REST, for the officers who see it."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.base import Paged
from portal.api.problems import Kind, Problem
from portal.api.schema import page_of
from portal.events import viewed
from portal.notifications.api.answers import notification
from portal.notifications.api.schemas import NotificationSerializer
from services.api.base import TAGS, DossierView
from services.operations.moving import people
from services.queries.told import told_about


class DossierNotifications(Paged, DossierView):
    keys = ("-created_at", "id")

    @extend_schema(
        operation_id="listDossierNotifications",
        tags=TAGS,
        summary=_("What its people were told"),
        description=_("For officers, newest first; citizens find their own under notifications. Reading is an event."),
        responses=page_of(NotificationSerializer),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        found, user = self.seen(pk), self.principal
        if not user.is_officer:
            raise Problem(Kind.FORBIDDEN)
        purpose, unit = str(_("handling the dossier")), found.responsible_unit_id
        viewed(found, actor=user, unit=unit, purpose=purpose, at=self.now, concerns=people(found))
        build: Any = notification
        return self.paged(request, self.page_of(request, told_about(found)), build)
