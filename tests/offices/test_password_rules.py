"""The rules of a password, and what is wrong with one, in the language of the page."""

import re

import pytest
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.utils import translation

from tests.factories import OfficerFactory


@pytest.mark.parametrize(("language", "foreign"), [("th", "[A-Za-z]"), ("en", "[ก-๛]")])
def test_every_rule_and_every_refusal_is_in_one_language(language, foreign):
    officer = OfficerFactory.build(name="Somchai", email="somchai@example.org")
    with translation.override(language):
        rules = password_validators_help_texts()
        with pytest.raises(ValidationError) as refused:
            validate_password("somchai", officer)
        said = [*map(str, rules), *refused.value.messages]
    assert len(said) > 4
    assert [sentence for sentence in said if re.search(foreign, sentence)] == []
