from django.apps import AppConfig


class FutuuriSiteConfig(AppConfig):
    name = "futuuri_site"
    verbose_name = "Futuuri"

    def ready(self) -> None:
        from . import checks, conditions  # noqa: F401
