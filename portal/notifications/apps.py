from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "portal.notifications"
    label = "notifications"

    def ready(self) -> None:
        from portal.api import router
        from portal.events.policies import Capability
        from portal.notifications import subscribers
        from portal.notifications.api import refusals
        from portal.ui.navigation import Audience, Item, register

        subscribers.subscribe_all()
        router.register("portal.notifications.api.urls")
        refusals.register()
        replay = Capability.REPLAY.value
        register(
            Item(Audience.ADMIN, _("Failed notifications"), "notifications:failed", order=12, needs=replay),
        )
