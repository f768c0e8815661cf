"""The rollout on the start page of the administration site, which belongs to no app."""

from django import template

from core.typing import Context
from rollout.start import start

register = template.Library()


@register.inclusion_tag("admin/rollout_start.html")
def rollout_start() -> Context:
    return {"start": start()}
