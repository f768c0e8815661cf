"""How the settings read the environment."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from dopa_portal.settings.environment import names, number


@pytest.mark.parametrize(
    ("said", "meant"),
    [("", []), ("a.example", ["a.example"]), (" a, b,,c ,", ["a", "b", "c"]), ("$a", ["$a"])],
)
def test_names_stand_between_commas(monkeypatch, said, meant):
    monkeypatch.setenv("HOSTS", said)
    assert names("HOSTS") == meant


def test_what_is_not_set_has_its_default(monkeypatch):
    monkeypatch.delenv("NOT_SET", raising=False)
    assert (names("NOT_SET"), names("NOT_SET", "th,en"), number("NOT_SET", 25)) == (
        [],
        ["th", "en"],
        25,
    )


@pytest.mark.parametrize(("said", "meant"), [("0", 0), (" 587 ", 587), ("", 25)])
def test_a_number_is_read(monkeypatch, said, meant):
    monkeypatch.setenv("PORT_OF_MAIL", said)
    assert number("PORT_OF_MAIL", 25) == meant


@pytest.mark.parametrize("said", ["two", "-1", "1.5", "๒"])
def test_what_is_no_number_is_named(monkeypatch, said):
    monkeypatch.setenv("TRUSTED_PROXIES", said)
    with pytest.raises(ImproperlyConfigured, match=f"TRUSTED_PROXIES has to be .* not '{said}'"):
        number("TRUSTED_PROXIES", 0)
