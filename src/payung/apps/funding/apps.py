from django.apps import AppConfig


class Config(AppConfig):
    name = "payung.apps.funding"
    label = "funding"

    def ready(self) -> None:
        from payung.apps.funding import jobs  # noqa: F401  (registers the handler)
