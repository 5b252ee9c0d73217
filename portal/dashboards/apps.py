from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DashboardsConfig(AppConfig):
    name = "portal.dashboards"
    label = "dashboards"

    def ready(self) -> None:
        from portal.api import router
        from portal.dashboards.states import Capability
        from portal.ui.navigation import Audience, Item, register

        router.register("portal.dashboards.api.urls")
        view = Capability.STATISTICS_VIEW.value
        register(
            Item(Audience.OFFICER, _("Statistics"), "dashboards:overview", order=50, needs=view),
            Item(Audience.FOOTER, _("Figures and open data"), "dashboards:public", order=25),
        )
