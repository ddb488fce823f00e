from django.apps import AppConfig


class Config(AppConfig):
    name = "payung.apps.lists"
    label = "lists"

    def ready(self) -> None:
        from payung.apps.lists import jobs  # noqa: F401  (registers the handlers)
