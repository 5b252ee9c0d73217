from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "accounts"

    def ready(self) -> None:
        import_module("portal.accounts.checks")
        import_module("portal.accounts.api.schemas")  # the description looks for what it tells about signing in
        from portal.api import router  # apps register when all are there
        from portal.ui.navigation import Audience, Item, register

        router.register("portal.accounts.api.urls")

        register(
            Item(Audience.PERSON, _("Sign in"), "accounts:sign-in", order=10, signed_in=False),
            Item(Audience.PERSON, _("Account"), "accounts:sessions", order=20, signed_in=True),
            Item(Audience.PERSON, _("Sign out"), "account_logout", order=30, signed_in=True, post=True),
        )
