from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DashboardsConfig(AppConfig):
    name = "portal.dashboards"
    label = "dashboards"

    def ready(self) -> None:
        from portal.api import router
        from portal.dashboards.api import refusals
        from portal.ui.navigation import Audience, Item, register

        refusals.register()
        router.register("portal.dashboards.api.urls")
        register(
            Item(Audience.OFFICER, _("Statistics"), "dashboards:overview", order=50, signed_in=True),
            Item(Audience.FOOTER, _("Figures and open data"), "dashboards:public", order=25),
        )
