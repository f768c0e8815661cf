"""The operator at the command line: the first administrators, and a password that no link sets."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection

from audit.models import Entry
from offices.models import Officer
from tests.factories import OfficerFactory

PASSWORD = "ข้าวเหนียวมะม่วงหน้าฝน"


def make(email: str) -> None:
    call_command("createsuperuser", "--noinput", "--email", email, "--name", "Anan", verbosity=0)


def entries() -> list[list[str]]:
    rows = Entry.objects.filter(action__in=["officer.made", "officer.password_changed"])
    return [
        [one.action, one.actor_kind, one.actor_id, one.subject_id] for one in rows.order_by("id")
    ]


def who(officer: Officer, action: str) -> list[str]:
    return [action, "system", "operator", str(officer.pk)]


@pytest.mark.django_db
def test_each_of_the_first_two_administrators_leaves_an_entry():
    make("one@dopa.example")
    make("two@dopa.example")
    both = Officer.objects.order_by("created_at")
    assert [one.role for one in both] == ["administrator"] * 2
    assert entries() == [who(one, "officer.made") for one in both]


@pytest.mark.django_db
def test_a_third_is_refused_before_anything_is_asked_and_told_the_way():
    OfficerFactory.create_batch(2, administrator=True)
    with pytest.raises(CommandError, match="one administrator asks for it, another one agrees"):
        call_command("createsuperuser")
    with pytest.raises(ValidationError):
        Officer.objects.create_superuser("three@dopa.example", PASSWORD, name="Third")
    assert [Officer.objects.count(), entries()] == [2, []]


@pytest.mark.usefixtures("transactional_db")
def test_of_three_commands_at_once_two_make_one():
    def press(number: int) -> str:
        try:
            make(f"{number}@dopa.example")
        except CommandError:
            return "refused"
        finally:
            connection.close()
        return "made"

    with ThreadPoolExecutor(3) as pool:
        answers = sorted(pool.map(press, range(3)))
    assert [answers, Officer.objects.count()] == [["made", "made", "refused"], 2]


@pytest.mark.django_db
def test_who_is_switched_off_does_not_count():
    OfficerFactory(administrator=True)
    OfficerFactory(administrator=True, is_active=False)
    make("new@dopa.example")
    assert Officer.objects.filter(role="administrator", is_active=True).count() == 2


def typed(monkeypatch, *passwords: str) -> None:
    """What is typed at the keyboard, one after the other."""
    left = list(passwords)
    monkeypatch.setattr(
        "offices.console.management.commands.changepassword.getpass", lambda _prompt: left.pop(0)
    )


@pytest.mark.django_db
def test_a_password_set_at_the_command_line_leaves_an_entry(monkeypatch):
    officer = OfficerFactory(administrator=True, email="anan@dopa.example")
    typed(monkeypatch, PASSWORD, PASSWORD)
    call_command("changepassword", "Anan@dopa.example")
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)
    assert entries() == [who(officer, "officer.password_changed")]
    assert Entry.objects.get(action="officer.password_changed").details == {"how": "operator"}


@pytest.mark.django_db
@pytest.mark.parametrize("passwords", [(PASSWORD, "another one"), ("12345678", "12345678")])
def test_two_that_differ_or_one_too_easy_change_nothing(monkeypatch, passwords):
    officer = OfficerFactory(email="anan@dopa.example")
    before = officer.password
    typed(monkeypatch, *passwords)
    with pytest.raises(CommandError):
        call_command("changepassword", officer.email)
    officer.refresh_from_db()
    assert [officer.password, entries()] == [before, []]


@pytest.mark.django_db
def test_nobody_is_made_by_changing_a_password():
    with pytest.raises(CommandError, match="No officer"):
        call_command("changepassword", "nobody@dopa.example")
