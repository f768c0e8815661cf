from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "core.outbox"
    verbose_name = "Jobs"
