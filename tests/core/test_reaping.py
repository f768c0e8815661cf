"""A file without a row goes; one whose row is still to come stays, whatever the clocks say."""

import time
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from core import reaping
from core.housekeeping import overdue_seconds
from core.reaping import StillWritten, TooManyOrphans, folders, reap, reap_folders
from core.storage import folder_of, read_sealed, save_sealed
from core.upkeep.models import Progress
from registration.models import Enrollment, EvidenceKind
from registration.services.evidence import keep_picture, set_aside
from tests.core.bucket import Bucket
from tests.core.slow_upload import uploading
from tests.factories import EnrollmentFactory
from tests.identity.factories import DigitalIDFactory
from tests.population.object_store import object_store

HOUR = timedelta(hours=1)
S3 = "storages.backends.s3.S3Storage"


@pytest.fixture(params=["files", "s3"])
def store(request, settings, tmp_path, monkeypatch):
    """An empty store of each kind."""
    options = {"location": tmp_path, "base_url": None}
    backend = "django.core.files.storage.FileSystemStorage"
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "portal")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-of-the-test")
    with object_store(Bucket) as bucket:
        if request.param == "s3":
            backend, options = S3, {"bucket_name": "evidence", "file_overwrite": False}
            options |= {"endpoint_url": bucket.address, "region_name": "ap-southeast-7"}
        own = {"evidence": {"BACKEND": backend, "OPTIONS": options}}
        settings.STORAGES = settings.STORAGES | own
        yield storages["evidence"]


@pytest.fixture
def files(settings, tmp_path):
    options = {"location": tmp_path / "evidence", "base_url": None}
    backend = "django.core.files.storage.FileSystemStorage"
    own = {"evidence": {"BACKEND": backend, "OPTIONS": options}}
    settings.STORAGES = settings.STORAGES | own
    return storages["evidence"]


def present() -> str:
    return folder_of(datetime.now(UTC))


def orphans(count: int) -> None:
    """As kills leave them: written, and no row committed."""
    for _ in range(count):
        with transaction.atomic():
            save_sealed(f"{uuid4()}.{uuid4()}", b"an orphan")


@pytest.mark.django_db
def test_what_has_a_row_stays_and_what_has_none_goes(store):
    case = EnrollmentFactory()
    kept = [keep_picture(case, kind, b"a picture").name for kind in EvidenceKind.values]
    portrait = DigitalIDFactory(portrait="")
    with transaction.atomic():
        portrait.portrait = save_sealed(f"portrait.{portrait.pk}", b"a portrait")
    portrait.save()
    orphans(5)
    assert [reap(present()), reap(present())] == [5, 0]
    assert {read_sealed(name) for name in kept} == {b"a picture"}
    assert read_sealed(portrait.portrait) == b"a portrait"
    assert folders() == []  # this hour is not over


@pytest.mark.django_db
def test_a_file_whose_row_says_that_it_was_deleted_goes(files):
    picture = keep_picture(EnrollmentFactory(), EvidenceKind.SELFIE, b"a picture")
    picture.deleted_at = timezone.now()
    picture.save()
    assert [reap(present()), files.exists(picture.name)] == [1, False]


@pytest.mark.django_db
def test_each_hour_is_gone_through_once_and_all_of_them_each_week(files, monkeypatch):
    listed = []
    monkeypatch.setattr(reaping, "reap", lambda folder: listed.append(folder) or 0)
    begun = datetime(2026, 11, 2, 10, 30, tzinfo=UTC)
    with time_machine.travel(begun, tick=False) as clock:
        for _ in range(3):
            orphans(1)
            clock.shift(HOUR)
        for _ in range(3):
            list(reap_folders())
        assert listed == ["2026110210", "2026110211"]
        clock.shift(HOUR)
        list(reap_folders())
        assert listed == ["2026110210", "2026110211", "2026110212"]
        clock.shift(timedelta(days=7))
        list(reap_folders())
    assert listed[3:] == listed[:3]


@pytest.mark.django_db
def test_more_orphans_than_kills_leave_are_an_operators_to_delete(files):
    begun = datetime(2026, 11, 2, 10, 30, tzinfo=UTC)
    with time_machine.travel(begun, tick=False) as clock:
        orphans(21)
        clock.shift(3 * HOUR)
        with pytest.raises(TooManyOrphans):
            list(reap_folders())
        clock.shift(10 * HOUR)
        assert overdue_seconds()["files_without_row"] == 10 * 3600
        with pytest.raises(CommandError, match="21 of 21 files"):
            call_command("reap_files")
        assert len(files.listdir("2026110210")[1]) == 21
        call_command("reap_files", "--sure")
        assert files.listdir("2026110210")[1] == []
        list(reap_folders())
        assert overdue_seconds()["files_without_row"] == 0


@pytest.mark.usefixtures("transactional_db")
def test_a_running_upload_is_left_alone_and_what_it_leaves_when_killed_is_not(files, tmp_path):
    case = EnrollmentFactory()
    with uploading(case, var=tmp_path) as (process, name):
        with pytest.raises(StillWritten):
            reap(present())
        assert files.exists(name)
        process.kill()
    until_nobody_writes(present())
    assert [case.evidence.count(), files.exists(name)] == [0, False]


@pytest.mark.usefixtures("transactional_db")
def test_a_folder_in_which_somebody_writes_waits_for_the_next_time(files, tmp_path):
    case = EnrollmentFactory()
    with (
        time_machine.travel(timezone.now() + 3 * HOUR),
        uploading(case, var=tmp_path) as (process, name),
    ):
        assert list(reap_folders()) == []
        assert Progress.objects.get().place == ""
        process.communicate("\n")
        assert list(reap_folders()) == [0]
    assert read_sealed(name) == b"a selfie"


def until_nobody_writes(folder: str) -> int:
    """The database notices within moments that the killed one is gone."""
    for _ in range(100):
        try:
            return reap(folder)
        except StillWritten:
            time.sleep(0.05)
    raise AssertionError("the lock of a killed process is still held")


@pytest.mark.usefixtures("transactional_db")
def test_a_file_is_written_only_where_its_row_will_be_committed(files):
    with pytest.raises(transaction.TransactionManagementError):
        save_sealed("a", b"a picture")


def sides(case: Enrollment, files) -> list[bool]:
    return [files.exists(one.name) for one in case.evidence.order_by("created_at")]


@pytest.mark.django_db
def test_a_photo_of_a_card_that_was_replaced_unread_goes_at_once(
    files, django_capture_on_commit_callbacks
):
    case = EnrollmentFactory()
    with django_capture_on_commit_callbacks(execute=True):
        names = [keep_picture(case, EvidenceKind.CARD_FRONT, b"a card").name for _ in range(3)]
        selfie = keep_picture(case, EvidenceKind.SELFIE, b"a selfie").name
        set_aside(case, EvidenceKind.SELFIE)  # judged before another is taken
    assert [files.exists(name) for name in [*names, selfie]] == [False, False, True, True]
    assert case.evidence.count() == 2


@pytest.mark.django_db
def test_a_photo_of_a_card_that_was_read_is_kept_as_long_as_the_others(
    files, django_capture_on_commit_callbacks
):
    case = EnrollmentFactory()
    keep_picture(case, EvidenceKind.CARD_FRONT, b"a card")
    case.evidence.update(read_at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        keep_picture(case, EvidenceKind.CARD_FRONT, b"another")
    assert sides(case, files) == [True, True]
