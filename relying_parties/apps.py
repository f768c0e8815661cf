from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RelyingPartiesConfig(AppConfig):
    name = "relying_parties"
    verbose_name = _("Services that accept the digital ID")
