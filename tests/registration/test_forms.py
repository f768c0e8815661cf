"""What the pages' forms take: bad input gets a clear error at its field."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from registration import counter_forms, forms
from registration.confirm_form import ConfirmForm
from verification.cards.fields import Field
from verification.reading import Reading

NUMBER = "1111111111119"
FILLED = {
    "number": NUMBER,
    "title_th": "นางสาว",
    "first_name_th": "สมหญิง",
    "last_name_th": "ใจดี",
    "title_en": "Miss",
    "first_name_en": "Somying",
    "last_name_en": "Jaidee",
    "birth_day": "4",
    "birth_month": "5",
    "birth_year": "2533",
    "address": "1 ต.สุเทพ อ.เมืองเชียงใหม่ จ.เชียงใหม่",
    "expiry_lifelong": "on",
    "laser_code": "jt9 123456789",
}


def confirm(**but: str) -> ConfirmForm:
    form = ConfirmForm(FILLED | but)
    form.is_valid()
    return form


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ({}, "1990-05-04"),
        ({"birth_year": "1990"}, "1990-05-04"),
        ({"birth_day": ""}, "1990-05"),
        ({"birth_day": "", "birth_month": ""}, "1990"),
        ({"birth_month": ""}, "1990"),  # a day of no month says nothing
    ],
)
def test_a_birth_date_is_taken_in_either_era_and_with_open_ends(typed, born):
    assert confirm(**typed).cleaned_data["confirmed"].birth_date == born


def test_what_was_confirmed_is_in_one_form_of_writing():
    person = confirm(number="1-1111-11111-11-9", last_name_en="-").cleaned_data["confirmed"]
    written = [person.number, person.laser_code, person.last_name_en, person.expiry_date]
    assert written == [NUMBER, "JT9-1234567-89", "", "lifelong"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"number": "1111111111111"}, "number"),
        ({"number": ""}, "number"),
        ({"first_name_th": "Somying"}, "first_name_th"),
        ({"first_name_en": "สมหญิง"}, "first_name_en"),
        ({"title_th": ""}, "title_th"),
        ({"address": "ก" * 201}, "address"),
        ({"birth_month": "2", "birth_day": "30"}, "birth_year"),
        ({"birth_month": "13"}, "birth_month"),
        ({"birth_day": "0"}, "birth_day"),
        ({"birth_year": "2700"}, "birth_year"),
        ({"birth_year": "ก"}, "birth_year"),
        ({"birth_year": ""}, "birth_year"),
        ({"expiry_lifelong": ""}, "expiry_year"),
        ({"expiry_lifelong": "", "expiry_year": "2560"}, "expiry_year"),
        ({"laser_code": "123456789012"}, "laser_code"),
    ],
)
def test_what_cannot_stand_on_a_card_is_said_at_its_field_and_nothing_is_confirmed(typed, field):
    form = confirm(**typed)
    assert [list(form.errors), "confirmed" in form.cleaned_data] == [[field], False]


def test_an_expired_card_is_told_by_name():
    with translation.override("en"):
        typed = {"expiry_day": "1", "expiry_month": "2", "expiry_year": "2563"}
        errors = confirm(expiry_lifelong="", **typed).errors["expiry_year"]
    assert errors == ["This card has expired. Please renew it at a registration office first."]


@pytest.mark.parametrize(("language", "year"), [("th", 2533), ("en", 1990)])
def test_a_reading_fills_the_form_in_the_readers_era_and_marks_what_is_doubtful(language, year):
    sure, unsure = 0.97, 0.4
    reading = Reading(
        {
            "number": Field(NUMBER, sure),
            "birth_date": Field("1990-05", unsure),
            "expiry_date": Field("lifelong", sure),
            "laser_code": Field("", unsure),
        }
    )
    with translation.override(language):
        form = ConfirmForm.from_reading(reading)
    dates = {name: form.initial.get(name) for name in ("birth_year", "birth_month", "birth_day")}
    assert dates == {"birth_year": year, "birth_month": 5, "birth_day": None}
    assert [form.initial["expiry_lifelong"], form.doubtful] == [True, {"birth_year", "laser_code"}]


def picture(name: str = "selfie.jpg", data: bytes = b"\xff\xd8") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


def selfie(frames=(), **data: str) -> forms.SelfieForm:
    files = MultiValueDict({"selfie": [picture()], "frames": list(frames)})
    return forms.SelfieForm(data, files)


@pytest.mark.parametrize(
    "times",
    ['{"0": 0}', '"0"', '["0"]', "[0.5]", "[null]", "[true]", "[[1]]", "not json"]
    + [f"[{'9' * digits}]" for digits in (19, 5_000)],
)
def test_times_that_are_no_whole_numbers_are_an_error_at_their_field(times):
    assert list(selfie(frame_times=times).errors) == ["frame_times"]


@pytest.mark.parametrize(
    ("sent", "times"), [("", []), ("null", []), ("[0, 400, 800]", [0, 400, 800])]
)
def test_times_may_be_missing(sent, times):
    form = selfie(frame_times=sent)
    assert [form.is_valid(), form.cleaned_data["frame_times"]] == [True, times]


def test_every_frame_arrives_in_order_and_an_empty_one_is_an_error():
    form = selfie([picture("a.jpg"), picture("b.jpg")])
    assert form.is_valid()
    assert [frame.name for frame in form.cleaned_data["frames"]] == ["a.jpg", "b.jpg"]
    assert list(selfie([picture("a.jpg"), picture("b.jpg", b"")]).errors) == ["frames"]


@pytest.mark.parametrize("data", [{"challenge": "1"}, {"device_key": "{"}])
def test_a_challenge_is_an_id_and_a_key_is_json(data):
    assert list(selfie(**data).errors) == list(data)


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({}, []),
        ({"number": NUMBER, "password": "  with blanks  "}, []),
        ({"number": NUMBER}, ["password"]),
        ({"password": "a password"}, ["number"]),
        ({"number": "1111111111111", "password": "a password"}, ["number"]),
        ({"proof": "x" * 2001}, ["proof"]),
    ],
)
def test_number_and_password_of_a_former_id_come_together_or_not_at_all(data, errors):
    form = forms.RenewForm(data)
    assert [list(form.errors), form.cleaned_data.get("password", "")] == [
        errors,
        data.get("password", ""),
    ]


@pytest.mark.parametrize(
    ("contact", "cleaned"),
    [("", ("", "")), ("somying@example.org", ("email", "somying@example.org"))],
)
def test_a_contact_may_be_left_out(contact, cleaned):
    form = forms.ContactForm({"contact": contact})
    assert [form.is_valid(), form.cleaned_data["contact"]] == [True, cleaned]


@pytest.mark.parametrize("contact", ["somying", "somying@", "12", "a" * 121 + "@example.org"])
def test_where_nobody_can_be_reached_is_no_contact(contact):
    assert list(forms.ContactForm({"contact": contact}).errors) == ["contact"]


@pytest.mark.parametrize(
    ("form", "sent", "errors"),
    [
        (forms.TermsForm, "version=1", ["accept"]),
        (forms.TermsForm, "accept=on", ["version"]),
        (forms.PasswordForm, "first=a", ["second"]),
        (forms.ProvenConsentForm, "proof=x", ["password"]),
        (forms.ResumeForm, "reference=ABCD&number=123", ["number"]),
        (counter_forms.CounterForm, "language=th", ["terms"]),
        (counter_forms.CounterForm, "language=xx&terms=on", ["language"]),
        (counter_forms.CounterForm, "language=en&terms=on", []),
        (counter_forms.CounterPhotoForm, "identity_checked=on", ["picture"]),
        (counter_forms.OfficerPasswordForm, "password=", ["password"]),
    ],
)
def test_what_is_missing_or_unknown_is_said_at_its_field(form, sent, errors):
    assert list(form(QueryDict(sent)).errors) == errors


def test_a_photo_at_the_counter_counts_only_with_the_officers_word():
    form = counter_forms.CounterPhotoForm({}, {"picture": picture()})
    with translation.override("en"):
        assert form.errors == {
            "identity_checked": ["Please compare the person with the card and confirm it."]
        }


def test_blanks_belong_to_a_password():
    form = counter_forms.OfficerPasswordForm({"password": " a b "})
    assert [form.is_valid(), form.cleaned_data["password"]] == [True, " a b "]


WRONG = {
    "number": "1111111111111",
    "title_th": "",
    "first_name_th": "Somying",
    "birth_day": "45",
    "birth_month": "13",
    "birth_year": "1",
    "address": "ก" * 201,
    "expiry_lifelong": "",
    "expiry_day": "32",
    "expiry_year": "",
    "laser_code": "12",
}


def test_all_that_is_wrong_is_said_at_once_and_in_sentences_of_ours():
    with translation.override("en"):
        errors = confirm(**WRONG).errors
        said = [str(sentence) for told in errors.values() for sentence in told]
    wrong = set(WRONG) - {"expiry_lifelong", "expiry_year"}  # the day says it for the whole date
    assert (set(errors), len(said)) == (wrong, len(wrong))
    assert [
        sentence for sentence in said if sentence.startswith(("Ensure", "Enter", "This f"))
    ] == []


@pytest.mark.parametrize(("typed", "said"), [("45", "1 to 31"), ("x", "1 to 31")])
def test_a_day_that_cannot_be_is_told_what_a_day_is(typed, said):
    with translation.override("en"):
        (sentence,) = confirm(birth_day=typed).errors["birth_day"]
    assert said in sentence


def test_the_number_stands_in_the_groups_of_the_card():
    form = ConfirmForm.from_reading(Reading({"number": Field(NUMBER, 0.97)}))
    assert form.initial["number"] == "1 1111 11111 11 9"
