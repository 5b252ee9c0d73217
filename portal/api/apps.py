from django.apps import AppConfig

from portal.api import converters


class ApiConfig(AppConfig):
    name = "portal.api"
    label = "api"

    def ready(self) -> None:
        converters.install()
