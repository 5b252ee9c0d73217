from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "documents"
    label = "documents"

    def ready(self) -> None:
        from documents.states import Capability  # apps register when all are there
        from portal.api import router
        from portal.ui.navigation import Audience, Item, register

        router.register("documents.api.urls")
        needs = Capability.REGISTER_VIEW.value
        register(Item(Audience.OFFICER, _("Register books"), "documents:register-books", order=40, needs=needs))
