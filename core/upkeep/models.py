from django.db import models


class Progress(models.Model):
    """How far work has come that begins by itself: when it last got anywhere, and where it is."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
    place = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return f"{self.name} {self.place}".strip()
