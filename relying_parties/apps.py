from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RelyingPartiesConfig(AppConfig):
    name = "relying_parties"
    verbose_name = _("Services that accept the digital ID")

    def ready(self) -> None:
        # Models are not there before; the lever needs them.
        from offices.levers import register  # noqa: PLC0415
        from relying_parties.levers import RelyingPartyLever  # noqa: PLC0415

        register(RelyingPartyLever())
        import_module("relying_parties.forgetting")  # registers what time ends; needs models
        import_module("relying_parties.copying")  # and what a holder's copy has from here
