"""The last step of an officer's sign-in: both factors are right, but is there a post to work at?"""

from typing import Any

from allauth.account.stages import LoginStage
from django.utils import timezone

from portal.accounts import operations
from portal.accounts.identity import Reason
from portal.accounts.signing_in import has_ground
from portal.accounts.views.pages import refused


class GroundStage(LoginStage):
    key = "ground"

    def handle(self) -> tuple[Any, bool]:
        now = timezone.now()
        user = self.login.user
        if has_ground(user, now=now):
            return None, True
        operations.note_refusal(reason=Reason.NO_POST, method="password", now=now, user=user)
        return refused(self.request, Reason.NO_POST), False
