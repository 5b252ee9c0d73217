"""A code to an own address, and back."""

from django.http import HttpResponse
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api import bodies, problems
from portal.api.base import WritingView
from portal.api.bodies import Body
from portal.api.problems import Fault, Kind
from portal.notifications import queries
from portal.notifications.api import schemas
from portal.notifications.api.own import TAGS, citizen_of
from portal.notifications.forms import CODE
from portal.notifications.operations.confirming import Answer, ask_code, confirm_address
from portal.notifications.wording import ANSWERS, masked

WHICH = [str(channel) for channel in queries.ADDRESSED]


def _channel() -> bodies.Field:
    return bodies.choice("channel", _("Whose address: that of your notification preferences."), WHICH)


class Codes(WritingView):
    must_match = frozenset()
    further_problems = (Kind.TOO_MANY,)
    bodies = {"POST": Body("AddressCode", _channel())}

    @extend_schema(
        operation_id="sendAddressCode",
        tags=TAGS,
        summary=_("Send a code to an address of yours"),
        description=_("An earlier code is good no more. How often it may be asked for is bounded."),
        responses={201: schemas.AddressCodeSerializer},
    )
    def post(self, request: Request) -> Response:
        user, channel = citizen_of(self.principal), self.data["channel"]
        row = ask_code(user=user, channel=channel, actor=user, now=self.now)
        to = queries.address_of(queries.preference_of(user, localdate(self.now)), channel)
        until = localtime(row.expires_at).isoformat()
        return self.answer({"channel": channel, "to": masked(to), "expiresAt": until}, status=201)


class Confirmations(WritingView):
    must_match = frozenset()
    bodies = {
        "POST": Body(
            "AddressConfirmation",
            _channel(),
            bodies.text("code", _("The six digits."), longest=6, pattern=CODE, example="123456"),
        )
    }

    @extend_schema(
        operation_id="confirmAddress",
        tags=TAGS,
        summary=_("Confirm an address by the code that was sent there"),
        description=_("From then on notifications go there. A wrong code counts, and a few of them end the code."),
        responses={201: schemas.AddressConfirmationSerializer},
    )
    def post(self, request: Request) -> Response | HttpResponse:
        user, channel = citizen_of(self.principal), self.data["channel"]
        answer = confirm_address(user=user, channel=channel, code=self.data["code"], actor=user, now=self.now)
        if answer is Answer.CONFIRMED:
            return self.answer({"channel": channel, "isConfirmed": True}, status=201)
        fault = Fault("/code", str(answer), str(ANSWERS[answer]), where="body")
        return problems.respond(request, Kind.NOT_POSSIBLE, errors=[fault])  # raised, it would undo the try
