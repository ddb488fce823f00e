from django.apps import AppConfig


class Config(AppConfig):
    name = "payung.apps.screening"
    label = "screening"

    def ready(self) -> None:
        from payung.apps.screening import jobs  # noqa: F401  (registers the handler)
