"""Days are written and read as people here write them; what is no day is told."""

import datetime

import pytest
from django import forms
from django.utils import timezone, translation

from core.day_field import DayField, read_day, written_day

DAY = datetime.date(2026, 3, 5)


class Asked(forms.Form):
    day = DayField()


@pytest.mark.parametrize(
    "text", ["5/3/2569", "05-03-2026", "๕/๓/๒๕๖๙", " 5 3 2569 ", "5.3.2569", "2026-03-05"]
)
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_day_is_read_in_either_era_and_script(text, language):
    with translation.override(language):
        assert read_day(text) == DAY


@pytest.mark.parametrize(("language", "written"), [("th", "5/3/2569"), ("en", "5/3/2026")])
def test_what_is_written_is_read_again(language, written):
    with translation.override(language):
        assert (written_day(DAY), read_day(written)) == (written, DAY)


@pytest.mark.parametrize(
    "text",
    [*["x", "5/3", "5/3/69", "32/1/2569", "29/2/2568", "2026-13-01", "2569-1-1"], "12026-01-01"],
)
def test_what_is_no_day_is_told(text):
    form = Asked({"day": text})
    assert form.errors.as_data()["day"][0].code == "invalid"
    assert form["day"].value() == text


@pytest.mark.parametrize("text", ["2569-01-01", "1/1/2500", "30/9/2020"])
def test_a_day_outside_is_told_and_never_replaced(text):
    assert Asked({"day": text}).errors.as_data()["day"][0].code == "outside"


def test_tomorrow_is_outside_unless_the_field_says_otherwise():
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    given = written_day(tomorrow)
    assert DayField(latest=lambda: tomorrow).clean(given) == tomorrow
    with pytest.raises(forms.ValidationError):
        DayField().clean(given)


def test_an_iso_day_of_an_address_is_shown_in_the_readers_era():
    with translation.override("th"):
        assert Asked({"day": "2026-03-05"})["day"].value() == "5/3/2569"
        assert 'value="5/3/2569"' in str(Asked(initial={"day": DAY})["day"])
        assert "25" in str(Asked().fields["day"].help_text)
