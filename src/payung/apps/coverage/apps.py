from django.apps import AppConfig


class Config(AppConfig):
    name = "payung.apps.coverage"
    label = "coverage"
