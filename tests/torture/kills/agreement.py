"""Owns the question whether all that a store says of its charges agrees: one by one, by model, at every bucket size."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple

SIZES: Final = ("60", "300", "900", "1800", "3600", "14400", "86400", "auto")
"""Buckets, in seconds: finer than the sums that are kept, as wide as each of them, and wider."""

CELL_MS: Final = 14_400_000
"""The widest sums that are kept: retention lets go of whole ones."""

Json = dict[str, Any]


class Charge(NamedTuple):
    """What is compared of a record, amounts as whole millionths."""

    model: str
    micros: int
    at_ms: int


def moment_ms(text: str) -> int:
    """Return epoch milliseconds."""
    return round(datetime.fromisoformat(text).timestamp() * 1000)


def moment_text(ms: int) -> str:
    """Return the moment as the relay writes it."""
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def micros(amount: object) -> int:
    """Return an amount of an answer, or of the relay, in whole millionths."""
    return int(Decimal(str(amount)) * 1_000_000)


def charges_of(records: Iterable[Json]) -> dict[int, Charge]:
    """Return records, as the relay or an answer has them, by id."""
    return {
        record["id"]: Charge(record["model"], micros(record["creditsUsed"]), moment_ms(record["createdAt"]))
        for record in records
    }


def assert_models_agree(models: Sequence[Json], charges: Iterable[Charge]) -> None:
    """Hold the totals of an answer to the charges one by one."""
    told = {m["model"]: (micros(m["credits"]), m["requests"], moment_ms(m["latestAt"])) for m in models}
    summed: dict[str, tuple[int, int, int]] = {}
    for charge in charges:
        amount, requests, latest_ms = summed.get(charge.model, (0, 0, 0))
        summed[charge.model] = amount + charge.micros, requests + 1, max(latest_ms, charge.at_ms)
    assert told == summed


def assert_series_agree(answer: Mapping[str, Any], charges: Iterable[Charge]) -> None:
    """Hold the buckets of an answer, which are those of UTC, to the charges one by one."""
    size_ms = answer["bucketSeconds"] * 1000
    told = {
        (series["model"], start_ms): (micros(amount), requests)
        for series in answer["series"]
        for start_ms, amount, requests in series["points"]
    }
    summed: dict[tuple[str, int], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for charge in charges:
        bucket = charge.model, charge.at_ms - charge.at_ms % size_ms
        amount, requests = summed[bucket]
        summed[bucket] = amount + charge.micros, requests + 1
    assert told == summed, f"at {answer['bucketSeconds']} s"
