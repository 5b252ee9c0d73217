"""Addresses for officers, by the session of the pages; what one may not see is not there, and no cache keeps it."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request

from documents.queries.registers import units_to_view
from portal.accounts.models import User
from portal.api.base import ApiView, PagedView
from staff.policies import today

PRIVATE = "private, no-store"


class OfficerView(ApiView):
    authentication_classes: Sequence[type] = (SessionAuthentication,)
    permission_classes: Sequence[type[BasePermission]] = (IsAuthenticated,)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = PRIVATE
        return response


class OfficerPagedView(PagedView):
    authentication_classes: Sequence[type] = (SessionAuthentication,)
    permission_classes: Sequence[type[BasePermission]] = (IsAuthenticated,)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = PRIVATE
        return response


def reader_of(request: Request) -> tuple[User, list[int]]:
    """The officer, and the units whose registers they may see. Raises Http404 when there are none."""
    user = request.user
    units = units_to_view(user, today()) if isinstance(user, User) and user.is_officer else []
    if not isinstance(user, User) or not units:
        raise Http404
    return user, units
