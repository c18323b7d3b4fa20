"""The one migrated app of the house."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Registers the tables, one file a noun."""

    name = "arrears.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the gate of this process work by the rules of one's own too, where a folder of them is set."""
        from django.conf import settings

        if settings.ARREARS_PACKS is not None:
            from arrears.packs.compliance import use_folder

            use_folder(settings.ARREARS_PACKS)
