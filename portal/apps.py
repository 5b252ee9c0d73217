from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The composition root's own commands: migrations as owner, house figures, the demo."""

    name = "portal"
    label = "portal"
