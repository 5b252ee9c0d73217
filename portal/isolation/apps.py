from django.apps import AppConfig


class IsolationConfig(AppConfig):
    name = "portal.isolation"
    label = "isolation"
