"""The log for people: names and words instead of identifiers and keys, and nothing left unsaid."""

import ast

import pytest
from django.urls import reverse
from django.utils import translation

from audit.actions import Action
from audit.config_drift import note_changes
from audit.detail_words import KEYS, plain_key, reason_in_words, word_of
from audit.models import Entry
from audit.services import Actor, record
from core.templatetags.thai import people_date
from offices.levers import LEVERS
from registration.services.moves import move
from registration.states import MOVES, State
from tests.audit.written import actions_written, details, own_trees
from tests.factories import EnrollmentFactory, OfficerFactory

ENGLISH = {"Accept-Language": "en"}


@pytest.mark.parametrize("text", ["2569-99", "2026-00", "2026-13-01", "0000-20-20"])
def test_what_looks_like_a_day_and_is_none_stays_as_it_is(text):
    assert people_date(text) == text


def test_every_key_that_is_written_has_a_word():
    keys = {key for key, _value in details(own_trees())}
    assert len(keys) > 50
    assert {plain_key(key) for key in keys} - set(KEYS) == set()


def test_every_field_of_a_lever_has_a_word():
    fields = {name for lever in LEVERS.values() for name in lever.labels()}
    assert fields - set(KEYS) == set()


def test_every_action_is_written_by_something():
    of_moves = {Action.of(name).name for name in MOVES}
    assert {action.name for action in Action} - actions_written(own_trees()) - of_moves == set()


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("record(Action.REJECT, case, actor=by)", {"REJECT"}),
        ("WORDS = {Action.REJECT: 'rejected'}", set()),
        ("Entry.objects.filter(action__in=[Action.REJECT])", set()),
        ("DONE = Action.REJECT", set()),
        ("DONE = {True: Action.REJECT}\ndef end(): record(DONE[True], case, actor=by)", {"REJECT"}),
        ("def note(action): record(action)\nnote(Action.REJECT)", {"REJECT"}),
    ],
)
def test_an_action_that_is_only_read_or_put_into_words_is_not_written(source, written):
    assert actions_written([ast.parse(source)]) == written


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("capacity_after", "places, then"),
        ("role_before", "role, until then"),
        ("by_office", "asked for: office"),
        ("of another time", "of another time"),
    ],
)
def test_values_before_and_after_and_what_was_asked_for_are_told_apart(key, words):
    with translation.override("en"):
        assert word_of(key) == words


def page(reader, **asked) -> str:
    return reader.get(reverse("audit:list"), asked, headers=ENGLISH).text.partition("<tbody>")[2]


def test_an_entry_names_who_and_what_and_speaks_in_words(reader):
    officer = OfficerFactory(name="Somchai Officer")
    case = EnrollmentFactory(state=State.WAITING_REVIEW)
    move(case, "take", actor=Actor.officer(officer))
    shown = page(reader, subject=str(case.pk))
    assert ["Somchai Officer" in shown, case.reference in shown] == [True, True]
    assert "before: Waiting for an officer" in shown
    without_links = shown.replace(f"={case.pk}", "").replace(f"={officer.pk}", "")
    assert [str(case.pk) in without_links, str(officer.pk) in without_links] == [False, False]
    assert "waiting_review" not in without_links


@pytest.mark.django_db
def test_from_an_officers_page_one_press_leads_to_that_officers_entries(reader):
    officer = OfficerFactory()
    text = reader.get(reverse("people:person", args=[officer.pk])).text
    assert f"{reverse('audit:find')}?about=officer&amp;subject={officer.pk}" in text


def test_first_values_of_settings_do_not_fill_the_list_and_are_found_by_their_action(
    reader, settings
):
    note_changes()
    first = Entry.objects.filter(action=Action.SETTING_CHANGED).count()
    settings.MAX_SELFIE_ATTEMPTS = 7
    note_changes()
    entries = reader.get(reverse("audit:list")).context["entries"]
    noted = [one.entry.details for one in entries if "previous" in one.entry.details]
    assert ([one["value"] for one in noted], len(entries) < first) == (["7"], True)
    asked = {"action": Action.SETTING_CHANGED}
    assert len(reader.get(reverse("audit:list"), asked).context["entries"]) == min(50, first + 1)


def test_an_entry_about_what_is_gone_is_shown_by_the_end_of_its_identifier(reader):
    gone = EnrollmentFactory()
    record(Action.CASE_VIEWED, gone, actor=Actor.system("test"))
    subject = str(gone.pk)
    gone.delete()
    assert f"…{subject[-8:]}" in page(reader, subject=subject)


def test_a_reason_that_is_a_code_is_told_in_words_and_a_sentence_stays():
    with translation.override("en"):
        said = [reason_in_words(one) for one in ("device_lost", "The phone lay in the river.", "")]
    assert said == ["The device was lost or stolen", "The phone lay in the river.", ""]
