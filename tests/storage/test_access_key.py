import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.access_key import GivenKey, MadeKey, digest_of, make_key

KEPT = re.compile(r"given:[0-9a-f]{32}:[0-9a-f]{64}")


def test_a_made_key_holds_128_bits_of_characters_that_cannot_be_confused() -> None:
    keys = [make_key() for _ in range(200)]
    assert len(set(keys)) == len(keys)
    characters = set("".join(keys)) - {"-"}
    assert not characters & set("01oil")
    assert all(character.islower() or character.isdigit() for character in characters)
    assert len(characters) == 31
    assert {len(key.replace("-", "")) for key in keys} == {28}  # of 31 each: 138 bits


@pytest.mark.parametrize("typed", ["{}", " {}\n", "{upper}", "{plain}", "{spaced}"])
def test_a_made_key_is_recognised_however_it_is_typed(typed: str) -> None:
    key = make_key()
    forms = {"upper": key.upper(), "plain": key.replace("-", ""), "spaced": key.replace("-", " ")}
    assert MadeKey(digest_of(key)).accepts(typed.format(key, **forms))


def test_another_key_is_not_recognised() -> None:
    key = make_key()
    for other in ("", make_key(), key[:-1], key + "2", digest_of(key)):
        assert not MadeKey(digest_of(key)).accepts(other)


@given(st.text(min_size=1).filter(lambda text: text == text.strip()), st.text())
def test_a_given_key_is_recognised_exactly(key: str, other: str) -> None:
    assert GivenKey(key).accepts(key)
    assert GivenKey(key).accepts(f" {key}\n")
    assert GivenKey(key).accepts(other) == (other.strip() == key)


@settings(max_examples=5)
@given(st.text(min_size=1).filter(str.strip))
def test_a_seal_fits_its_key_alone_and_does_not_tell_it(key: str) -> None:
    seal = GivenKey(key).seal()
    assert KEPT.fullmatch(seal)
    assert GivenKey(key).fits(seal)
    assert not GivenKey(key + "x").fits(seal)
    assert GivenKey(key).seal() != seal


def test_seals_of_made_and_given_keys_never_fit_each_other() -> None:
    key = make_key()
    assert not GivenKey(key).fits(MadeKey(digest_of(key)).seal())
    assert not MadeKey(digest_of(key)).fits(GivenKey(key).seal())
    assert MadeKey(digest_of(key)).fits(MadeKey(digest_of(key)).seal())
