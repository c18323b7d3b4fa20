"""The pages as a Django app: templates, static files, and catalogues compiled when they are older than their texts."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers the pages' static files and template tags."""

    name = "arrears.web"
    label = "web"

    def ready(self) -> None:
        """In a checkout, compile gettext catalogues whose text is newer; a wheel carries them compiled."""
        from arrears.config.environment import source_root
        from arrears.web.catalogues import compile_stale

        if source_root() is not None:
            compile_stale()
