from django.apps import AppConfig


class Config(AppConfig):
    name = "payung.apps.lists"
    label = "lists"

    def ready(self) -> None:
        from payung.apps.lists import jobs  # noqa: F401  (registers the handlers)
        from payung.apps.lists.selectors import values_as_read
        from payung.apps.workers.sources import values_kept_by

        values_kept_by("list-row", values_as_read)
