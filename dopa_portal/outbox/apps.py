from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "dopa_portal.outbox"
    verbose_name = "Jobs"
