from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RolloutConfig(AppConfig):
    name = "rollout"
    verbose_name = _("Rollout")

    def ready(self) -> None:
        # Models are not there before; the gate, the lever and the job's handler need them.
        from offices.levers import register  # noqa: PLC0415
        from registration.services.gates import gates  # noqa: PLC0415
        from rollout.gate import PhaseGate  # noqa: PLC0415
        from rollout.levers import PhaseLever  # noqa: PLC0415
        from rollout.line_lever import LineLever  # noqa: PLC0415

        import_module("rollout.beginning")
        import_module("rollout.jobs")
        import_module("rollout.line.forgetting")
        gates.append(PhaseGate())
        register(PhaseLever())
        register(LineLever())
