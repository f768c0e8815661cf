"""Searches that are kept: whose they are, what they may hold, and that running one is a search."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from audit.actions import Action
from audit.models import Entry, SavedSearch
from audit.search.query import Search
from audit.search.saving import save_search
from audit.search.subjects import Subject
from tests.factories import OfficerFactory

SAVE, FIND = reverse("audit:save_search"), reverse("audit:find")


@pytest.fixture
def asked(db) -> dict[str, str]:
    today = timezone.localdate()
    return {
        "about": "officer",
        "subject": str(OfficerFactory(name="Somchai").pk),
        "action": "case.viewed",
        "since": str(today - datetime.timedelta(days=6)),
        "until": str(today),
    }


def kept(officer, asked, **further) -> SavedSearch:
    """Saved by another reader of the log."""
    today = timezone.localdate()
    subject = Subject("officer", asked["subject"])
    return save_search(Search(subject, today, today), by=officer, **{"shared": False} | further)


def test_a_search_is_kept_once_and_holds_identifiers_alone(reader, auditor, asked):
    for shared in ({}, {"shared": "on"}):
        assert reader.post(SAVE, asked | shared).status_code == 302
    saved = SavedSearch.objects.get()
    columns = {field.name for field in SavedSearch._meta.fields} - {"id", "created_at"}
    assert columns == {"owner", "about", "subject_id", "action", "detail", "days", "shared"}
    assert [saved.owner, saved.subject_id, saved.days, saved.shared] == [
        auditor, asked["subject"], 7, True,
    ]  # fmt: skip
    states = [one.details["state"] for one in Entry.objects.filter(action=Action.SEARCH_SAVED)]
    assert sorted(states) == ["own", "shared"]


@pytest.mark.parametrize(
    "bent", [{"subject": "Somchai"}, {"about": "citizen"}, {"action": "x"}, {"since": "never"}]
)
def test_what_identifies_nothing_is_not_kept(reader, asked, bent):
    assert reader.post(SAVE, asked | bent).status_code == 404
    assert not SavedSearch.objects.exists()


def test_running_it_leads_to_the_search_which_is_an_entry(reader, asked):
    reader.post(SAVE, asked)
    address = reverse("audit:saved_search", args=[SavedSearch.objects.get().pk])
    answer = reader.get(address, follow=True)
    assert answer.redirect_chain[0][0].startswith(f"{FIND}?")
    [entry] = Entry.objects.filter(action=Action.AUDIT_VIEWED)
    assert entry.details == {f"by_{name}": text for name, text in asked.items()} | {"entries": 0}


def test_others_see_what_is_shared_and_delete_nothing(reader, asked):
    other = OfficerFactory(auditor=True)
    own, shared = kept(other, asked), kept(OfficerFactory(administrator=True), asked, shared=True)
    runs = [reader.get(reverse("audit:saved_search", args=[one.pk])) for one in (own, shared)]
    deleting = reader.post(reverse("audit:delete_search", args=[shared.pk]))
    seen = [one.saved for one in reader.get(FIND).context["kept"]]
    assert [*(run.status_code for run in runs), deleting.status_code] == [404, 302, 404]
    assert [seen, SavedSearch.objects.count()] == [[shared], 2]


def test_the_own_one_is_deleted_and_that_is_an_entry(reader, auditor, asked):
    saved = kept(auditor, asked)
    reader.post(reverse("audit:delete_search", args=[saved.pk]))
    states = Entry.objects.filter(action=Action.SEARCH_SAVED).order_by("id")
    assert [one.details["state"] for one in states] == ["own", "deleted"]
    assert not SavedSearch.objects.exists()


def test_nobody_keeps_more_than_there_may_be(reader, auditor, asked, settings):
    settings.AUDIT_SEARCH = settings.AUDIT_SEARCH | {"saved": 1}
    kept(auditor, asked)
    reader.post(SAVE, asked)
    assert SavedSearch.objects.count() == 1


def test_who_no_longer_reads_the_log_has_no_searches(sign_in, asked):
    officer = OfficerFactory(auditor=True)
    saved = kept(officer, asked, shared=True)
    type(officer).objects.filter(pk=officer.pk).update(role="administrator")
    assert SavedSearch.objects.visible_to(OfficerFactory(supervisor=True)).count() == 0
    assert SavedSearch.objects.visible_to(OfficerFactory(auditor=True)).get() == saved


def test_the_database_keeps_it_once(auditor, asked):
    first = kept(auditor, asked)
    first.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)
