"""The API with a few addresses that misbehave on purpose."""

from typing import Any, NoReturn

from django.urls import include, path
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.base import ApiView, PublicView, nothing_here
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


urlpatterns = [
    path("api/v1/broken", Broken.as_view()),
    path("api/v1/desk", Desk.as_view()),
    path("api/v1/closed", Closed.as_view()),
    path("api/v1/steady", Steady.as_view()),
    path("api/", include("portal.api.urls")),
    path("api", nothing_here),
    *portal_urls,
]
