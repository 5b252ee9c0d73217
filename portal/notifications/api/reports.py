"""What carriers tell later: a message that they had taken came back. NĐ 224/2026 Đ.15.1g wants people to be reached."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api import bodies
from portal.api.base import WritingView
from portal.api.bodies import Body
from portal.api.problems import Kind, Problem
from portal.notifications.api import schemas
from portal.notifications.api.own import TAGS
from portal.notifications.errors import NotAllowedError
from portal.notifications.operations import sending
from portal.notifications.policies import Capability
from portal.notifications.states import Reason

UUID_SHAPE = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"


class Reports(WritingView):
    """The carrier's own program, with the key that it got with the message."""

    capability = Capability.REPORT.value
    must_match = frozenset()
    bodies = {
        "POST": Body(
            "NotificationReport",
            bodies.text(
                "id", _("The key of the message."), longest=36, pattern=UUID_SHAPE,
                example="7a3c1f0e-98f1-4d0a-9a55-0e6a6a1c6f11",
            ),
            bodies.choice(
                "reason", _("Why it did not arrive."), [Reason.BAD_ADDRESS.value, Reason.NOT_ACCEPTED.value]
            ),
        )
    }  # fmt: skip

    @extend_schema(
        operation_id="reportNotification",
        tags=TAGS,
        summary=_("Say that a message came back"),
        description=_("Its address is used no more when nothing arrives there, and the fact is told another way."),
        responses={201: schemas.NotificationReportSerializer},
    )
    def post(self, request: Request) -> Response:
        key, reason = UUID(self.data["id"]), Reason(self.data["reason"])
        try:
            row = sending.note_bounce(key=key, reason=reason, actor=self.principal, now=self.now)
        except NotAllowedError:
            raise Problem(Kind.NOT_FOUND) from None  # which keys exist is nobody's business
        return self.answer({"id": str(row.pk), "state": row.state, "reason": row.reason}, status=201)
