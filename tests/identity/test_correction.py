"""The holder asks for the data to be corrected; an administrator answers."""

import pytest
from django.test import Client
from django.urls import reverse

from audit.actions import Action
from audit.models import Entry
from identity.access import answer_question
from identity.models import AccessQuestion
from tests.factories import OfficerFactory
from tests.identity.factories import PASSWORD
from tests.identity.messages import kinds_of
from tests.identity.tokens import make_token
from tests.identity.unlocked import unlock
from tests.test_access import sign_in

pytestmark = pytest.mark.django_db
PAGE, ACCESS = reverse("identity:correction"), reverse("identity:access")
WORDS = "My name in English is Malee, not Mali."
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def holder(client, device, folder) -> Client:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return unlock(client, device.digital_id, device)


def staff(**who) -> Client:
    client = Client(headers=ENGLISH)
    sign_in(client, OfficerFactory(**who))
    return client


def asked() -> AccessQuestion:
    return AccessQuestion.objects.get()


def page_of(question: AccessQuestion) -> str:
    return reverse("questions:question", args=[question.pk])


def count(action: Action) -> int:
    return Entry.objects.filter(action=action).count()


def test_what_is_asked_is_sealed_and_written_down(holder):
    assert holder.post(PAGE, {"words": WORDS}).headers["Location"] == PAGE
    assert asked().question == WORDS
    assert WORDS.encode() not in bytes(asked().question_sealed)
    assert count(Action.CORRECTION_ASKED) == 1
    assert WORDS in holder.get(PAGE).content.decode().replace("&#x27;", "'")


def test_there_is_one_open_request_at_a_time(holder):
    holder.post(PAGE, {"words": WORDS})
    holder.post(PAGE, {"words": "And another thing."})
    assert (asked().question, count(Action.CORRECTION_ASKED)) == (WORDS, 1)
    answer_question(asked(), words="Done.", officer=OfficerFactory(administrator=True))
    holder.post(PAGE, {"words": "And another thing."})
    assert [one.question for one in holder.get(PAGE).context["asked"]] == [
        "And another thing.",
        WORDS,
    ]


def test_an_empty_request_is_refused(holder):
    assert holder.post(PAGE, {"words": " "}).status_code == 422
    assert count(Action.CORRECTION_ASKED) == 0


def test_the_administrator_sees_whose_data_and_the_holder_sees_that(holder, device):
    holder.post(PAGE, {"words": WORDS})
    administrator = staff(administrator=True)
    assert "Correction of the data" in administrator.get(reverse("questions:list")).content.decode()
    page = administrator.get(page_of(asked()))
    assert page.context["holder"] == device.digital_id
    assert WORDS in page.content.decode()
    assert "Read your request to correct the data." in holder.get(ACCESS).content.decode()


def test_an_auditor_reads_the_words_without_the_person(holder):
    holder.post(PAGE, {"words": WORDS})
    page = staff(auditor=True).get(page_of(asked()))
    assert (page.context["holder"], WORDS in page.content.decode()) == (None, True)
    assert count(Action.CORRECTION_READ) == 0


def test_the_answer_is_told_and_read(holder, device):
    holder.post(PAGE, {"words": WORDS})
    staff(administrator=True).post(page_of(asked()), {"words": "It is corrected."})
    assert "It is corrected." in holder.get(PAGE).content.decode()
    assert kinds_of(device.digital_id) == ["answered"]


def test_the_app_asks_for_the_password(device, key):
    def ask(password: str) -> int:
        proof = make_token(device, key, aud="unlock")
        return (
            Client()
            .post(
                reverse("identity_api:correction"),
                {"password": password, "words": WORDS},
                "application/json",
                headers={"Authorization": f"Device {proof}"},
            )
            .status_code
        )

    assert [ask("wrong"), ask(PASSWORD), ask(PASSWORD)] == [403, 204, 409]
    assert asked().question == WORDS
