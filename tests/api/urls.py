"""The API with a few addresses that misbehave on purpose."""

from typing import Any, NoReturn

from django.db import connection
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api import bodies, refusals, revisions
from portal.api.base import ApiView, MemberView, PublicView, WritingView, nothing_here
from portal.api.bodies import Body
from portal.api.problems import Kind
from portal.events import record
from portal.events.models import Heartbeat
from portal.urls import urlpatterns as portal_urls


class PaperSerializer(serializers.Serializer[Any]):
    number = serializers.CharField(max_length=5)


class DeskSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=20)
    papers = PaperSerializer(many=True)


class Broken(PublicView):
    def get(self, request: Request) -> NoReturn:
        raise RuntimeError("the secret of the house")


class Desk(ApiView):
    permission_classes = (AllowAny,)

    def post(self, request: Request) -> Response:
        DeskSerializer(data=request.data).is_valid(raise_exception=True)
        return Response({"kept": True}, status=201)


class Closed(ApiView):
    def get(self, request: Request) -> Response:
        return Response({"never": "seen"})


class Steady(PublicView):
    def get(self, request: Request) -> Response:
        return Response({"steady": True})


class OverError(Exception):
    """A refusal as an app has it: with a sentence, and a code for programs."""

    code = "mark_over"

    def __str__(self) -> str:
        return "The mark is over."


refusals.register({OverError: Kind.CONFLICT})

MARK = Body(
    "Mark",
    bodies.text("name", _("Name"), longest=30, pattern="[a-z-]+", example="default"),
    bodies.moment("tickAt", _("Needed"), required=False, nullable=True),
)
EDIT = MARK.optional("MarkEdit")


def shown(mark: Heartbeat) -> dict[str, Any]:
    return {"name": mark.queue, "tickAt": mark.last_tick.isoformat() if mark.last_tick else None}


class MarkSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()

    def get_fields(self) -> dict[str, Any]:
        return {**super().get_fields(), "tickAt": serializers.DateTimeField(allow_null=True)}


class Marks(WritingView):
    """The example resource: marks of queues, a table that every database has."""

    capability = "tests.mark.make"
    bodies = {"POST": MARK}

    @extend_schema(operation_id="makeMark", tags=["marks"], summary="mark", responses={201: MarkSerializer})
    def post(self, request: Request) -> Response:
        if self.data["name"] == "over":
            raise OverError
        mark = Heartbeat(queue=self.data["name"], last_tick=self.data["tickAt"])
        mark.save(force_insert=True)
        record("tests.mark.made", subject=mark, actor=self.principal, unit=None, at=self.now)
        return self.answer(shown(mark), status=201, row=mark, location=reverse("mark", args=[mark.queue]))

    def revision_of(self, row: Any) -> object:
        return row.last_tick


class MarkDetail(WritingView):
    bodies = {"PATCH": EDIT}
    revision_of = Marks.revision_of

    @extend_schema(operation_id="showMark", tags=["marks"], summary="mark", responses={200: MarkSerializer})
    def get(self, request: Request, name: str) -> Response:
        mark = self.existing(Heartbeat.objects.all(), pk=name)
        return self.answer(shown(mark), row=mark)

    @extend_schema(operation_id="editMark", tags=["marks"], summary="mark", responses={200: MarkSerializer})
    def patch(self, request: Request, name: str) -> Response:
        mark = self.existing(Heartbeat.objects.all(), last=self._last, pk=name)
        mark.last_tick = self.data.get("tickAt", mark.last_tick)
        mark.save(update_fields=["last_tick"])
        return self.answer(shown(mark), row=mark)

    @extend_schema(operation_id="removeMark", tags=["marks"], summary="mark", responses={204: None})
    def delete(self, request: Request, name: str) -> Response:
        self.existing(Heartbeat.objects.all(), pk=name).delete()
        return self.answer(None, status=204)

    def _last(self, mark: Heartbeat) -> revisions.Change:
        return revisions.Change("Lù Thị Hoa", self.now)


class ScopeSeen(MemberView):
    """What PostgreSQL was told of the one who asks."""

    capability = "tests.mark.make"

    def get(self, request: Request) -> Response:
        with connection.cursor() as cursor:
            cursor.execute("select current_setting('mc.units', true), current_setting('mc.citizen', true)")
            units, citizen = cursor.fetchone() or ("", "")
        return Response({"units": units, "citizen": citizen})


class Mine(MemberView):
    def get(self, request: Request) -> Response:
        return Response({"name": self.principal.username})


urlpatterns = [
    path("api/v1/marks", Marks.as_view(), name="marks"),
    path("api/v1/marks/<str:name>", MarkDetail.as_view(), name="mark"),
    path("api/v1/mine", Mine.as_view()),
    path("api/v1/scope", ScopeSeen.as_view()),
    path("api/v1/broken", Broken.as_view()),
    path("api/v1/desk", Desk.as_view()),
    path("api/v1/closed", Closed.as_view()),
    path("api/v1/steady", Steady.as_view()),
    path("api/", include("portal.api.urls")),
    path("api", nothing_here),
    *portal_urls,
]
