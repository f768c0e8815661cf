from django.apps import AppConfig


class SendingConfig(AppConfig):
    name = "dopa_portal.sending"
    label = "sending"
    verbose_name = "Messages to people"
