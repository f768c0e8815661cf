from django.apps import AppConfig


class GuardConfig(AppConfig):
    name = "core.guard"
    label = "guard"
    verbose_name = "What may happen once, and how often is guessed"
