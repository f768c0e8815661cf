"""What is over is forgotten: it could not be tried again."""

from django.utils import timezone

from core.guard.models import Once


def forget_over() -> int:
    """Returns how many rows went."""
    return Once.objects.filter(expires_at__lt=timezone.now()).delete()[0]
