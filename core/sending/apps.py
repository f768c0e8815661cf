from django.apps import AppConfig


class SendingConfig(AppConfig):
    name = "core.sending"
    label = "sending"
    verbose_name = "Messages to people"
