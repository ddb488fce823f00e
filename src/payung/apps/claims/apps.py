from django.apps import AppConfig


class Config(AppConfig):
    name = "payung.apps.claims"
    label = "claims"

    def ready(self) -> None:
        from payung.apps.claims.built import built
        from payung.apps.workers.aliases import built_by

        built_by("claims", built)
