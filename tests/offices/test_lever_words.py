"""Whoever agrees to a change reads words, not what is stored."""

import pytest
from django.utils.translation import override

from audit.value_words import SETS, WORDS, set_of
from offices.lever_views import _lines, in_words
from offices.levers import LEVERS
from tests.audit.test_values import ALSO_IN_THAI, THAI

pytestmark = pytest.mark.django_db
CODES = sorted({
    (name, code)
    for lever in LEVERS.values()
    for name in lever.labels()
    for words in (WORDS.get(name, {}), *map(set_of, SETS.get(name, ())))
    for code in words
})  # fmt: skip


@pytest.mark.parametrize(("name", "code"), CODES)
def test_codes_are_told_in_words(name, code):
    with override("th"):
        told = in_words([code], of=name)
    assert told != code
    assert THAI.search(told) or told in ALSO_IN_THAI


@pytest.mark.parametrize("field", ["mode", "claims", "auth_method", "move", "stands_for", "link"])
def test_the_closed_fields_of_changes_are_among_them(field):
    assert field in {name for name, _code in CODES}


def test_provinces_are_told_by_name_and_none_as_all():
    lever = LEVERS["phase"]
    with override("en"):
        assert lever.word("provinces", []) == "all"
        assert lever.word("provinces", ["12"]) == ["12"]  # without an office nobody knows its name


@pytest.mark.parametrize(("language", "told"), [("th", "โรงพยาบาล"), ("en", "Hospital")])
def test_a_service_that_is_not_there_yet_has_its_name_in_the_language_of_the_reader(language, told):
    with override(language):
        assert (
            LEVERS["relying_party"].title("", {"name_th": "โรงพยาบาล", "name_en": "Hospital"})
            == told
        )


def test_values_of_one_language_are_marked_as_such():
    new = {"name_th": "โรงพยาบาล", "name_en": "Hospital", "enabled": True}
    lines = _lines(LEVERS["relying_party"], {}, new)
    assert [line[-2:] for line in lines] == [("โรงพยาบาล", "th"), ("Hospital", "en"), ("yes", "")]
