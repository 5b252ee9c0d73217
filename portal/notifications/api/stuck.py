"""Notifications that did not arrive, for those who mend connections."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.base import MemberPagedView, WritingView
from portal.api.parameters import path_uuid
from portal.api.problems import Kind, Problem
from portal.api.schema import page_of
from portal.isolation import Purpose, scope
from portal.notifications import queries
from portal.notifications.api import answers, schemas
from portal.notifications.api.own import TAGS
from portal.notifications.operations import sending
from portal.notifications.policies import may_send_again


class FailedNotifications(MemberPagedView):
    keys = ("-ended_at", "id")

    @extend_schema(
        operation_id="listFailedNotifications",
        tags=TAGS,
        summary=_("Notifications that did not arrive"),
        description=_("Newest first, without their texts. For those who may send failed deliveries again."),
        responses=page_of(schemas.FailedNotificationSerializer),
    )
    def get(self, request: Request) -> Response:
        if not may_send_again(self.principal):
            raise Problem(Kind.FORBIDDEN)
        with scope(purpose=Purpose.OPERATIONS):
            return self.paged(request, self.page_of(request, queries.stuck()), answers.failed)


class Resendings(WritingView):
    path_parameters = (path_uuid("key", _("The id of a notification.")),)
    must_match = frozenset()  # a second sending finds it on its way, and answers 409

    @extend_schema(
        operation_id="sendNotificationAgain",
        tags=TAGS,
        summary=_("Send a failed notification again"),
        description=_("What its carrier has already is not sent a second time."),
        responses={201: schemas.FailedNotificationSerializer},
    )
    def post(self, request: Request, key: UUID) -> Response:
        if not may_send_again(self.principal):
            raise Problem(Kind.FORBIDDEN)
        with scope(purpose=Purpose.OPERATIONS):
            if queries.one(key) is None:
                raise Problem(Kind.NOT_FOUND)
        sending.send_again(key=key, actor=self.principal, now=self.now)
        with scope(purpose=Purpose.OPERATIONS):
            row = queries.one(key)
        return self.answer(answers.failed(row) if row else None, status=201)
