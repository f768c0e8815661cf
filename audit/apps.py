from django.apps import AppConfig

from audit.tracing import name_requests_in_logs


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = "Audit log"
    serving_may_call = ("audit_make_month(date)",)  # audit.grants

    def ready(self) -> None:
        name_requests_in_logs()
