from django.apps import AppConfig
from django.db.models.signals import post_migrate


class Config(AppConfig):
    name = "payung.apps.db"
    label = "db"

    def ready(self) -> None:
        from payung.apps.db.guards import install_for_app

        post_migrate.connect(install_for_app, dispatch_uid="payung-guards")
