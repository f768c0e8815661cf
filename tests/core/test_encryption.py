import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.encryption import CannotOpen, lookup_key, seal, unseal


@given(st.binary(max_size=2000))
def test_what_is_sealed_opens_to_the_same(plain):
    assert unseal(seal(plain, context="a"), context="a") == plain


def test_the_same_text_never_seals_to_the_same_bytes():
    assert seal(b"text", context="a") != seal(b"text", context="a")


def test_a_sealed_value_does_not_open_in_another_place():
    with pytest.raises(CannotOpen):
        unseal(seal(b"text", context="enrollment:1"), context="enrollment:2")


@pytest.mark.parametrize("position", [0, 5, -1])
def test_a_changed_byte_is_noticed(position):
    sealed = bytearray(seal(b"a longer text", context="a"))
    sealed[position] ^= 1
    with pytest.raises(CannotOpen):
        unseal(bytes(sealed), context="a")


@pytest.mark.parametrize("rubbish", [b"", b"\x01", b"x" * 40])
def test_rubbish_is_refused_the_same_way(rubbish):
    with pytest.raises(CannotOpen):
        unseal(rubbish, context="a")


def test_a_lookup_key_depends_on_what_it_is_for():
    assert lookup_key("1234567890121", kind="number") == lookup_key("1234567890121", kind="number")
    assert lookup_key("1234567890121", kind="number") != lookup_key("1234567890121", kind="laser")
