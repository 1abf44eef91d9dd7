from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.credits import MAX_MICROS, MICROS_PER_CREDIT, credits_text, micros_from_decimal


@given(st.integers(0, MAX_MICROS))
def test_an_amount_reads_back_from_its_text(micros: int) -> None:
    assert micros_from_decimal(Decimal(credits_text(micros))) == micros


@given(st.integers(-(10**24), 10**24))
def test_the_text_is_exact(micros: int) -> None:
    assert Fraction(credits_text(micros)) * MICROS_PER_CREDIT == micros


@given(st.integers(-(10**24), 10**24))
def test_the_text_is_the_shortest_and_without_an_exponent(micros: int) -> None:
    text = credits_text(micros)
    assert set(text) <= set("-.0123456789")
    assert text == "0" or not text.lstrip("-").startswith("00")
    assert "." not in text or not text.endswith(("0", "."))


@given(st.decimals(0, 10**8, allow_nan=False, allow_infinity=False))
def test_digits_beyond_the_millionth_are_rounded_half_to_even(amount: Decimal) -> None:
    assert micros_from_decimal(amount) == round(Fraction(amount) * MICROS_PER_CREDIT)


@pytest.mark.parametrize(
    ("text", "micros"),
    [
        ("9", 9_000_000),
        ("980", 980_000_000),
        ("0", 0),
        ("-0", 0),
        ("0E+50", 0),
        ("0.1", 100_000),
        ("1.5E-6", 2),
        ("2.5E-6", 2),
        ("0.0000005", 0),
        ("0.00000050000000000000000000000000000000000001", 1),
        ("1E-999999", 0),
        ("100000000", MAX_MICROS),
    ],
)
def test_amounts_are_taken_exactly(text: str, micros: int) -> None:
    assert micros_from_decimal(Decimal(text)) == micros


@pytest.mark.parametrize(
    "text", ["-1", "-0.0000001", "NaN", "sNaN", "Infinity", "-Infinity", "100000000.000001", "1E+10", "1E+999999"]
)
def test_what_no_charge_can_be_is_none(text: str) -> None:
    assert micros_from_decimal(Decimal(text)) is None


@pytest.mark.parametrize(
    ("micros", "text"),
    [(0, "0"), (9_000_000, "9"), (500_000, "0.5"), (-1_250_000, "-1.25"), (1, "0.000001"), (10_000_000, "10")],
)
def test_amounts_read_as_people_write_them(micros: int, text: str) -> None:
    assert credits_text(micros) == text
