from django.apps import AppConfig


class Config(AppConfig):
    name = "payung.apps.funding"
    label = "funding"

    def ready(self) -> None:
        from payung.apps.funding import jobs  # noqa: F401  (registers the handler)
        from payung.apps.funding.built import built
        from payung.apps.workers.aliases import built_by

        built_by("funding", built)
