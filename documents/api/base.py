"""Addresses for officers, by the session of the pages; what one may not see is not there."""

from typing import Any

from django.http import Http404
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request

from documents.queries.registers import units_to_view
from portal.accounts.models import User
from portal.api.base import ApiView, PagedView
from staff.policies import today


class OfficersOnly:
    """Nothing here is kept by a cache."""

    authentication_classes = (SessionAuthentication,)
    permission_classes: tuple[type[BasePermission], ...] = (IsAuthenticated,)

    @staticmethod
    def units(request: Request) -> list[int]:
        """Units whose registers the person may see. Raises Http404 when there are none."""
        user = request.user
        units = units_to_view(user, today()) if isinstance(user, User) and user.is_officer else []
        if not units:
            raise Http404
        return units

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[misc]  # a mixin
        response["Cache-Control"] = "private, no-store"
        return response


class OfficerView(OfficersOnly, ApiView):
    pass


class OfficerPagedView(OfficersOnly, PagedView):
    pass
