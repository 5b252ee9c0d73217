from django.apps import AppConfig

from portal.api import router


class UnitsConfig(AppConfig):
    name = "units"
    label = "units"

    def ready(self) -> None:
        router.register("units.api.urls")
