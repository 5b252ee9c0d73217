"""A citizen's own choice, and what they were told."""

from collections.abc import Callable
from datetime import time
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from portal.accounts.models import User
from portal.api import bodies, revisions
from portal.api.base import MemberPagedView, WritingView
from portal.api.bodies import Body
from portal.api.problems import Fault, Kind, Problem
from portal.api.schema import page_of
from portal.notifications import queries
from portal.notifications.api import answers, schemas
from portal.notifications.forms import PHONE
from portal.notifications.kinds import Language
from portal.notifications.models import EMAIL_LENGTH, PHONE_LENGTH, NotificationPreference
from portal.notifications.operations.preferences import Choice, choose

TAGS = ["notifications"]
EMAIL = r"[^@\s<>\",;]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,180}[A-Za-z0-9])?"
HOUR = r"(?:[01]\d|2[0-3]):[0-5]\d"
MOST_KINDS = 40


def citizen_of(user: Any) -> User:
    """Raises the 403 for officers and programs."""
    if not isinstance(user, User) or not user.is_citizen:
        raise Problem(Kind.FORBIDDEN)
    return user


def _hour(name: str, words: Any) -> bodies.Field:
    hint = _("An hour such as 21:00.")
    return bodies.text(name, words, longest=5, pattern=HOUR, hint=hint, example="21:00", required=False, nullable=True)


class Preferences(WritingView):
    """The ETag of revision 0 stands for who has never chosen."""

    bodies = {
        "PUT": Body(
            "NotificationPreference",
            bodies.choice("language", _("In which language."), Language.values),
            bodies.several(
                "channels",
                _("On which channels, each of them once."),
                bodies.choice("channel", _("A channel."), schemas.CHANNELS),
                least=1,
                most=len(schemas.CHANNELS),
            ),
            bodies.text(
                "email", _("E-mail address."), longest=EMAIL_LENGTH, pattern=EMAIL, example="ten@example.vn",
                required=False, nullable=True,
            ),
            bodies.text(
                "phone", _("Mobile number."), longest=PHONE_LENGTH, pattern=PHONE, example="0912000321",
                required=False, nullable=True,
            ),
            _hour("quietFrom", _("No SMS from this hour; null: the usual hours.")),
            _hour("quietUntil", _("Until this hour.")),
            bodies.several(
                "kinds",
                _("The optional kinds that this person agrees to."),
                bodies.text("kind", _("The key of a kind."), longest=40, example="invitations"),
                most=MOST_KINDS,
                required=False,
                default=(),
            ),
        )
    }  # fmt: skip

    @extend_schema(
        operation_id="showNotificationPreferences",
        tags=TAGS,
        summary=_("How you are told"),
        responses=schemas.NotificationPreferenceSerializer,
    )
    def get(self, request: Request) -> Response:
        row = queries.preference_of(citizen_of(self.principal), localdate(self.now))
        return self.answer(answers.preference(row), row=row)

    @extend_schema(
        operation_id="replaceNotificationPreferences",
        tags=TAGS,
        summary=_("Choose how you are told"),
        description=_("All of it at once. What the law orders cannot be switched off, its channel is chosen."),
        responses=schemas.NotificationPreferenceSerializer,
    )
    def put(self, request: Request) -> Response:
        user = citizen_of(self.principal)
        seen = self._seen(user)
        row = choose(user=user, choice=_choice(self.data), revision=seen.revision, actor=user, now=self.now)
        return self.answer(answers.preference(row), row=row)

    def _seen(self, user: User) -> NotificationPreference:
        """In the version that the client has read; raises 412."""
        NotificationPreference.objects.select_for_update().filter(user=user).first()
        row = queries.preference_of(user, localdate(self.now))
        revisions.check(self.etag_of(row), self.request.headers["If-Match"])
        return row


def _choice(data: dict[str, Any]) -> Choice:
    hours: list[time | None] = [_time(data[name]) for name in ("quietFrom", "quietUntil")]
    if (hours[0] is None) != (hours[1] is None):
        sentence = _("Give both hours, or none.")
        raise Problem(Kind.BODY, errors=[Fault("/quietUntil", "both-or-none", str(sentence), where="body")])
    return Choice(
        language=data["language"],
        channels=data["channels"],
        kinds=data["kinds"],
        email=data["email"] or "",
        phone=data["phone"] or "",
        quiet_from=hours[0],
        quiet_until=hours[1],
    )


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None


class OwnNotifications(MemberPagedView):
    keys = ("-created_at", "id")

    @extend_schema(
        operation_id="listOwnNotifications",
        tags=TAGS,
        summary=_("What you were told"),
        description=_("Newest first, on every channel, with what became of it."),
        responses=page_of(schemas.NotificationSerializer),
    )
    def get(self, request: Request) -> Response:
        build: Callable[[Any], dict[str, Any]] = answers.notification
        rows = queries.own_notifications(citizen_of(self.principal))
        return self.paged(request, self.page_of(request, rows), build)
