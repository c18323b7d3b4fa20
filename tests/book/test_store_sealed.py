"""Identifiers: sealed to their row, found by a keyed index, shown masked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st


@pytest.fixture(autouse=True)
def _a_key() -> None:
    from arrears.config.start import ready_django

    ready_django()


def test_a_sealed_identifier_opens_again() -> None:
    from arrears.store.sealed import seal, unseal

    assert unseal(seal("123-45-6789", "person 1"), "person 1") == "123-45-6789"


def test_the_same_identifier_is_never_sealed_alike() -> None:
    from arrears.store.sealed import seal

    assert seal("123-45-6789", "person 1") != seal("123-45-6789", "person 1")


def test_a_seal_moved_to_another_row_is_broken() -> None:
    from arrears.store.sealed import SealBrokenError, seal, unseal

    with pytest.raises(SealBrokenError, match="moved"):
        unseal(seal("123-45-6789", "person 1"), "person 2")


@pytest.mark.parametrize("place", [0, 5, 20, -1])
def test_a_changed_seal_is_broken(place: int) -> None:
    from arrears.store.sealed import SealBrokenError, seal, unseal

    changed = bytearray(seal("123-45-6789", "person 1"))
    changed[place] ^= 1
    with pytest.raises(SealBrokenError):
        unseal(bytes(changed), "person 1")


def test_a_seal_needs_the_key_it_was_made_with() -> None:
    from django.test import override_settings

    from arrears.store.sealed import SealBrokenError, seal, unseal

    sealed = seal("123-45-6789", "person 1")
    with override_settings(SECRET_KEY="another key, of at least 32 characters"), pytest.raises(SealBrokenError):
        unseal(sealed, "person 1")


@pytest.mark.parametrize("typed", ["123-45-6789", "123 45 6789", "１２３４５６７８９", " 123456789 "])
def test_the_index_is_equal_however_it_was_typed(typed: str) -> None:
    from arrears.store.sealed import blind

    assert blind(typed, 1) == blind("123456789", 1)


def test_the_index_differs_between_organisations_and_identifiers() -> None:
    from arrears.store.sealed import blind

    assert len({blind("123456789", 1), blind("123456789", 2), blind("123456780", 1)}) == 3


@pytest.mark.parametrize(
    ("identifier", "shown"), [("123456789", "•••••6789"), ("1234", "••34"), ("12", "•2"), ("1", "•"), ("", "")]
)
def test_a_masked_identifier_shows_its_last_characters_and_at_most_half(identifier: str, shown: str) -> None:
    from arrears.store.sealed import masked

    assert masked(identifier) == shown


@given(st.text())
def test_any_text_can_be_sealed(words: str) -> None:
    from arrears.store.sealed import seal, unseal

    assert unseal(seal(words, "x"), "x") == words
