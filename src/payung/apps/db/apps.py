from django.apps import AppConfig
from django.db.models import ForeignKey
from django.db.models.lookups import StartsWith
from django.db.models.signals import post_migrate

# A region's key is its code, so `region_id__startswith` asks what lies inside it without a join.
ForeignKey.register_lookup(StartsWith)


class Config(AppConfig):
    name = "payung.apps.db"
    label = "db"

    def ready(self) -> None:
        from payung.apps.db.guards import install_for_app

        post_migrate.connect(install_for_app, dispatch_uid="payung-guards")
