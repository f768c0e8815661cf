"""What goes out to holders in the tests: files of a gateway, and the jobs that write them."""

import json
from pathlib import Path

from django.utils import timezone

from core.outbox import services as outbox
from core.outbox.models import Job, JobState
from identity.contacts import change_contact, clean_contact
from identity.models import DigitalID, HolderNotice

PHONE, SENT_TO = "081-234-5678", "+66812345678"


def give_contact(digital_id: DigitalID, text: str = PHONE, *, language: str = "en") -> None:
    """The address as its holder would give it; that it was changed is not told here."""
    channel, address = clean_contact(text)
    change_contact(digital_id, channel=channel, address=address, language=language)
    HolderNotice.objects.filter(digital_id=digital_id, kind="contact_changed").delete()


def run_due_jobs() -> None:
    """Each job once, also those that a job has asked for."""
    Job.objects.filter(state=JobState.READY).update(not_before=timezone.now())
    done: set[int] = set()
    while job := Job.objects.filter(state=JobState.READY).exclude(pk__in=done).first():
        done.add(job.pk)
        outbox.run(job.pk)


def sent(folder: Path) -> list[dict]:
    files = sorted(folder.glob("*.json")) if folder.exists() else []
    return [json.loads(file.read_text()) for file in files]


def sent_to(folder: Path) -> list[str]:
    return sorted(message["to"] for message in sent(folder))


def kinds_of(digital_id: DigitalID) -> list[str]:
    mine = HolderNotice.objects.filter(number_key=digital_id.number_key, digital_id=digital_id)
    return list(mine.order_by("at", "pk").values_list("kind", flat=True))
