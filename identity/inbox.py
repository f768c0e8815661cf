"""The holder's inbox: each notice in words, newest first, and which have been seen."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language, gettext

from identity.life import LifeReason
from identity.models import Device, DigitalID, HolderNotice, NoticeKind
from identity.notification_delivery import SENTENCES

OF_DEVICES = (
    NoticeKind.DEVICE_ADDED,
    NoticeKind.DEVICE_REMOVED,
    NoticeKind.PASSKEY_ADDED,
    NoticeKind.PASSKEY_REMOVED,
    NoticeKind.PIN_SET,
    NoticeKind.PIN_REMOVED,
    NoticeKind.PIN_ENDED,
)


@dataclass(frozen=True)
class NoticeInWords:
    """`about` says which device, which service, or why; "" where there is nothing to add."""

    notice: HolderNotice
    sentence: str
    about: str


def notices_of(digital_id: DigitalID) -> QuerySet[HolderNotice]:
    """Those of a digital ID and of the ones it replaced, newest first. What came after it, a lost
    phone must not tell; that an earlier one was replaced, its successor says itself.
    """
    mine = DigitalID.objects.filter(
        number_key=digital_id.number_key, issued_at__lte=digital_id.issued_at
    )
    notices = HolderNotice.objects.filter(
        number_key=digital_id.number_key, digital_id__in=mine.values("pk")
    )
    said_twice = Q(kind=NoticeKind.REPLACED) & ~Q(digital_id=digital_id.pk)
    return notices.exclude(said_twice).defer("recipients_sealed").order_by("-at", "-pk")


def unread(digital_id: DigitalID) -> int:
    return notices_of(digital_id).filter(seen_at=None).count()


def mark_seen(digital_id: DigitalID, *, newest: HolderNotice) -> int:
    """All up to the newest that the page has shown: one that came meanwhile stays unread."""
    shown = notices_of(digital_id).filter(seen_at=None, at__lte=newest.at)
    return shown.order_by().update(seen_at=timezone.now())


def in_words(notices: Sequence[HolderNotice]) -> list[NoticeInWords]:
    """One query for the names of all devices. A name is the holder's own words: it is read where
    the holder keeps it, and stands in no notice.
    """
    ids = [one.details["device"] for one in notices if one.kind in OF_DEVICES]
    names = dict(Device.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}
    devices = {str(pk): name for pk, name in names.items()}
    return [
        NoticeInWords(one, str(SENTENCES[NoticeKind(one.kind)]), _about(one, devices))
        for one in notices
    ]


def _about(notice: HolderNotice, devices: dict[str, str]) -> str:
    details = notice.details
    if "device" in details:
        name = devices.get(details["device"], "")
        return gettext("Device: %(name)s") % {"name": name} if name else ""
    if "service_th" in details:
        name = details["service_en" if get_language() == "en" else "service_th"]
        return gettext("Service: %(name)s") % {"name": name}
    if "reason" in details:
        return gettext("Reason: %(reason)s") % {"reason": LifeReason(details["reason"]).label}
    return ""
