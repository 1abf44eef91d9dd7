from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise
from statistics import median
from typing import Final

import pytest

from domain.zones import local_text, zone
from poller.demo_traffic import Charge, Traffic

DAY_MS: Final = 86_400_000
NOW_MS: Final = int(datetime(2025, 8, 25, 19, 30, tzinfo=UTC).timestamp() * 1000)
MODELS: Final = {
    "claude-sonnet-4-20250514",
    "claude-opus-4-1-20250805",
    "claude-3-5-haiku-20241022",
    "claude-sonnet-4-5-20250929",
}


def month(seed: int = 1, name: str = "Asia/Shanghai", now_ms: int = NOW_MS) -> list[Charge]:
    """Return 30 days of charges, quiet to the end."""
    return Traffic(seed, zone(name), now_ms).between(now_ms - 30 * DAY_MS, now_ms)


def lively(hours: int) -> list[Charge]:
    return Traffic(1, zone("UTC"), NOW_MS).between(NOW_MS, NOW_MS + hours * 3_600_000)


def test_the_same_seed_and_time_give_the_same_charges() -> None:
    assert month() == month()
    assert month(seed=1) != month(seed=2)


def test_the_charges_of_a_window_do_not_depend_on_the_window() -> None:
    traffic = Traffic(1, zone("America/New_York"), NOW_MS - 3_600_000)
    whole = traffic.between(NOW_MS - 3 * DAY_MS, NOW_MS + 3_600_000)
    for cut_ms in range(NOW_MS - 3 * DAY_MS, NOW_MS + 3_600_000, 7_654_321):
        before, after = traffic.between(NOW_MS - 3 * DAY_MS, cut_ms), traffic.between(cut_ms, NOW_MS + 3_600_000)
        assert before + after == whole


@pytest.mark.parametrize("name", ["Asia/Shanghai", "America/New_York", "Pacific/Kiritimati", "Etc/GMT+12"])
def test_identities_are_unique_and_grow_with_time(name: str) -> None:
    charges = Traffic(1, zone(name), NOW_MS - DAY_MS).between(NOW_MS - 30 * DAY_MS, NOW_MS)
    assert all(one.id < other.id and one.created_ms < other.created_ms for one, other in pairwise(charges))


def test_charges_are_positive_and_counts_of_tokens_cost_nothing() -> None:
    charges = month()
    assert all(charge.credits >= 0 for charge in charges)
    counts = sum(charge.credits == 0 for charge in charges)
    assert 0 < counts < len(charges) / 4


def test_models_cost_what_they_are() -> None:
    amounts = {
        model: [charge.credits for charge in month() if charge.model == model and charge.credits] for model in MODELS
    }
    middle = {model: median(found) for model, found in amounts.items()}
    assert middle["claude-3-5-haiku-20241022"] < 5 < middle["claude-sonnet-4-20250514"] < 30
    assert middle["claude-sonnet-4-5-20250929"] < 30 < middle["claude-opus-4-1-20250805"]
    assert all(max(found) > 4 * middle[model] for model, found in amounts.items())
    assert {charge.model for charge in month()} == MODELS


@pytest.mark.parametrize("name", ["Asia/Shanghai", "America/Los_Angeles", "Asia/Kathmandu"])
def test_a_day_has_working_hours_a_lunch_and_a_night_in_the_zone(name: str) -> None:
    hours = Counter(int(local_text(charge.created_ms, zone(name))[11:13]) for charge in month(name=name))
    assert min(hours[hour] for hour in (10, 11, 14, 15, 16, 17)) > 5 * max(hours[hour] for hour in (*range(8), 23))
    assert 2 * hours[12] < hours[11]


def test_weekends_are_light() -> None:
    days = Counter(
        datetime.fromisoformat(local_text(charge.created_ms, zone("Asia/Shanghai"))).weekday() for charge in month()
    )
    assert 4 * max(days[5], days[6]) < min(days[day] for day in range(5))


def test_requests_come_in_bursts() -> None:
    waits = [(other.created_ms - one.created_ms) / 1000 for one, other in pairwise(month())]
    assert median(waits) < 15
    assert sum(wait > 60 for wait in waits) > 200


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("month_number", range(1, 13, 3))
def test_thirty_days_are_many_charges_but_not_too_many(seed: int, month_number: int) -> None:
    now_ms = int(datetime(2026, month_number, 28, 12, tzinfo=UTC).timestamp() * 1000)
    assert 5000 < len(month(seed, now_ms=now_ms)) < 20_000


def test_a_lively_hour_is_never_silent_for_long_even_at_night() -> None:
    charges = lively(24)
    moments = [NOW_MS, *(charge.created_ms for charge in charges), NOW_MS + DAY_MS]
    waits = [(other - one) / 1000 for one, other in pairwise(moments)]
    assert max(waits) < 90
    assert 3 < median(waits) < 30


def test_what_was_before_the_lively_time_does_not_change_by_it() -> None:
    quiet, livelier = month(), Traffic(1, zone("Asia/Shanghai"), NOW_MS - DAY_MS).between(NOW_MS - 30 * DAY_MS, NOW_MS)
    until_ms = NOW_MS - DAY_MS - 1000
    assert [charge for charge in quiet if charge.created_ms < until_ms] == [
        charge for charge in livelier if charge.created_ms < until_ms
    ]
