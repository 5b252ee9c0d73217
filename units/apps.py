from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.api import router
from portal.calendar import places
from portal.ui import work
from portal.ui.navigation import Audience, Item, register
from units.states import Capability


class UnitsConfig(AppConfig):
    name = "units"
    label = "units"

    def ready(self) -> None:
        from portal.api import refusals  # models, which are there only now
        from units.api.refusals import KINDS
        from units.places import place_of
        from units.work import contribution

        router.register("units.api.urls")
        refusals.register(KINDS)
        places.register(place_of)
        work.register("units", contribution, order=22)
        register(
            Item(Audience.CITIZEN, _("My commune now"), "units:resolve", order=60, signed_in=False),
            Item(Audience.FOOTER, _("My commune now"), "units:resolve", order=60, signed_in=True),
            Item(Audience.CITIZEN, _("Administrative units"), "units:tree", order=70, signed_in=False),
            Item(Audience.FOOTER, _("Administrative units"), "units:tree", order=70, signed_in=True),
            Item(Audience.OFFICER, _("Administrative units"), "units:tree", order=10, signed_in=True),
            Item(Audience.ADMIN, _("Administrative units"), "units:tree", order=40),
            Item(
                Audience.OFFICER,
                _("Reorganisations"),
                "units:acts",
                order=50,
                needs=(Capability.DRAFT.value, Capability.SIGN.value),
            ),
        )
