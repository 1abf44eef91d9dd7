"""Owns amounts: whole millionths of a credit (`micros`) inside, exact decimal text outside.

Integers never drift; floats are not used anywhere on the way.
"""

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

MICROS_PER_CREDIT: Final = 1_000_000

_MICRO: Final = Decimal("0.000001")

MAX_MICROS: Final = 10**8 * MICROS_PER_CREDIT
"""The largest amount taken for one charge: 100,000,000 credits. A larger one is a malformed record."""


def micros_from_decimal(amount: Decimal) -> int | None:
    """Return `amount` credits as millionths, or None where no charge can be meant.

    Digits beyond the millionth are rounded half to even. Negative, infinite, NaN
    and implausibly large amounts (over `MAX_MICROS`) are None.
    """
    if not amount.is_finite() or amount < 0:
        return None
    if amount and amount.adjusted() > 9:  # noqa: PLR2004 - more than ten digits
        return None
    # Rounded once: a product would be rounded to the digits of the context first.
    micros = int(amount.quantize(_MICRO, ROUND_HALF_EVEN).scaleb(6))
    return micros if micros <= MAX_MICROS else None


def credits_text(micros: int) -> str:
    """Return `micros` as the shortest exact decimal number, valid as JSON and CSV: `9`, `0.5`, `-1.25`."""
    whole, rest = divmod(abs(micros), MICROS_PER_CREDIT)
    sign = "-" if micros < 0 else ""
    return f"{sign}{whole}.{rest:06d}".rstrip("0") if rest else f"{sign}{whole}"
