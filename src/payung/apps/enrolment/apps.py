from django.apps import AppConfig


class Config(AppConfig):
    name = "payung.apps.enrolment"
    label = "enrolment"

    def ready(self) -> None:
        from payung.apps.enrolment.built import built
        from payung.apps.workers.aliases import built_by

        built_by("enrolment", built)
