"""The one migrated app of the house."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Registers the tables, one file a noun."""

    name = "arrears.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
