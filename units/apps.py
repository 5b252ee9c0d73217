from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.api import router
from portal.ui.navigation import Audience, Item, register


class UnitsConfig(AppConfig):
    name = "units"
    label = "units"

    def ready(self) -> None:
        router.register("units.api.urls")
        register(
            Item(Audience.CITIZEN, _("My commune now"), "units:resolve", order=60),
            Item(Audience.CITIZEN, _("Administrative units"), "units:tree", order=70),
            Item(Audience.ADMIN, _("Administrative units"), "units:tree", order=40),
        )
