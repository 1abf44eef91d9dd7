"""A week in some minutes: nothing is lost, nothing is doubled, and nothing grows but what is kept."""

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Any, Final

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.torture.week import sums
from tests.torture.week.charges import Charges
from tests.torture.week.life import START_MS, ZONE, Life
from tests.torture.week.page import PATIENCE_S
from tests.torture.week.program import TurnedProgram
from tests.torture.week.relay import WeekRelay

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what a process holds is read from /proc")

RECORDS_IN_A_WEEK: Final = 200_000

RECORD_BYTES, SPLIT, FREED_BYTES = 109, Fraction(115, 100), 600_000
"""What docs/decisions/002-history-in-lmdb.md says of the disk: what a record takes, its share of the sums included;
what late and corrected ones add; and what commits have freed and not used again yet."""

DISK_TOLERANCE: Final = 0.15
MEMORY_TOLERANCE: Final = 0.05

HOUR_MS: Final = 3_600_000
SLACK_MS: Final = 6 * HOUR_MS
"""How much longer a record may stay: it goes in whole stretches of four hours, and is looked for every hour."""

POOL: Final = {f"asyncio_{number}" for number in range(min(32, (os.cpu_count() or 1) + 4))}
"""asyncio's own threads, of which there come to be this many at the most (`ThreadPoolExecutor` says how many)."""

THREADS: Final = {"MainThread", "store-read_0", "store-read_1", "store-write_0"} | POOL

SIZES_S: Final = (300, 900, 1800, 3600, 14_400, 86_400)
OTHER_ZONES: Final = ("Asia/Kolkata", "Australia/Lord_Howe", "UTC")

Figure = Callable[[str, object], None]


async def test_days_pass_and_nothing_is_lost_or_grows(
    count: Callable[[str], int], figure: Figure, tmp_path: Path
) -> None:
    days, began = count("days"), time.monotonic()
    asyncio.get_running_loop().set_debug(False)  # it takes longer than all else here
    charges = Charges(START_MS, days, RECORDS_IN_A_WEEK * days // 7)
    async with (
        WeekRelay(charges) as relay,
        TurnedProgram.running(tmp_path, relay.url, START_MS) as program,
    ):
        life = Life(program, relay)
        await life.begin()
        await _metrics(program)
        at_rest = await _at_rest(program)
        own_memory: list[float] = []
        for day in range(1, days + 1):
            cpu_s = program.cpu_s()
            await life.live_day()
            figure(f"day {day}: CPU, s", round(program.cpu_s() - cpu_s, 1))
            await life.pages.all_come()
            await _sums_agree(program, life)
            await life.pages.all_leave()
            assert await _at_rest(program, at_rest) == at_rest
            own_memory.append(median(sample.own for sample in life.memory))
            disk = (await _metrics(program))["ccurve_store_size_bytes"][""]
            figure(f"day {day}: disk; records", _joined(int(disk), life.most_records))
            figure(f"day {day}: memory of its own, MB (with mapped files)", _megabytes(life))
        metrics = await _metrics(program)
        figure(
            "days; charges; of them corrected; late",
            _joined(days, len(charges.all), charges.corrected, charges.came_late),
        )
        figure(
            "polls answered; gaps at most; charges never shown",
            _joined(relay.ledger.answers, life.most_gaps, len(relay.ledger.unseen(charges.all))),
        )
        figure("cookies rotated; died", _joined(relay.rotations, life.deaths))
        pages = life.pages
        figure(
            "pages opened; connections; cut off; compared",
            _joined(pages.opened, pages.connections, pages.cut_off, pages.compared),
        )
        figure("open files; threads at most", _joined(len(at_rest["files"]), len(THREADS)))
        disk = metrics["ccurve_store_size_bytes"][""]
        came_one_by_one = life.most_records - charges.before
        predicted = int((charges.before + came_one_by_one * SPLIT) * RECORD_BYTES) + FREED_BYTES
        figure("disk, bytes; predicted; records at most", _joined(int(disk), predicted, life.most_records))
    figure("seconds", round(time.monotonic() - began))
    assert abs(disk / predicted - 1) <= DISK_TOLERANCE
    # The first day is spent on becoming warm.
    assert own_memory[-1] <= own_memory[min(1, days - 1)] * (1 + MEMORY_TOLERANCE)
    assert life.most_gaps > 0


async def _sums_agree(program: TurnedProgram, life: Life) -> None:
    """See that all sums that it tells are those of what the relay has shown, to the last millionth."""
    ledger, charges = life.relay.ledger, life.relay.charges
    from_ms, to_ms = life.kept_from_ms, charges.until_ms + 1
    rows = list(ledger.between(from_ms, to_ms))
    window = f"from={from_ms}&to={to_ms}"
    expected = sums.totals(rows)
    for size_s in SIZES_S:
        usage = await _usage(program, f"{window}&bucket={size_s}")
        assert sums.told_totals(usage) == expected
        assert sums.told_series(usage) == sums.series(rows, size_s, ZONE), size_s
    holes = ledger.holes(from_ms)
    assert [(max(sums.ms_of(gap["from"]), from_ms), sums.ms_of(gap["to"])) for gap in usage["gaps"]] == holes
    await _records_agree(program, life, to_ms - 6 * HOUR_MS - 12_345, to_ms - 678)
    for zone in OTHER_ZONES:
        await program.api.do("PATCH", "/api/config", {"timeZone": zone})
        for size_s in (1800, 86_400):
            usage = await _usage(program, f"{window}&bucket={size_s}")
            assert sums.told_series(usage) == sums.series(rows, size_s, zone), (zone, size_s)
    await program.api.do("PATCH", "/api/config", {"timeZone": ZONE})
    # What it has not is where it says that it knows nothing, or came too late to be shown, or before all that was,
    # or was too old by then.
    every_hole = ledger.holes(0)
    for charge in ledger.unseen(charges.all):
        known = [charge for start, end in every_hole if start <= charge.created_ms <= end]
        beyond = not max(ledger.oldest_ms, ledger.let_go_ms) <= charge.created_ms <= ledger.newest_ms
        assert known or charge.late or beyond, charge
    await _amounts_ever_agree(program, life)


async def _records_agree(program: TurnedProgram, life: Life, from_ms: int, to_ms: int) -> None:
    rows = {id_: row for id_, row in life.relay.ledger.rows.items() if from_ms <= row.created_ms < to_ms}
    usage = await _usage(program, f"from={from_ms}&to={to_ms}")
    told = {
        record["id"]: (record["model"], sums.micros(record["creditsUsed"]), sums.ms_of(record["createdAt"]))
        for record in usage["records"]
    }
    assert told == rows
    assert len(usage["records"]) == len(rows)
    assert sums.told_totals(usage) == sums.totals(rows.values())


async def _amounts_ever_agree(program: TurnedProgram, life: Life) -> None:
    metrics = await _metrics(program)
    rows = life.relay.ledger.rows.values()
    expected = sums.totals(rows)
    assert {model: round(amount * 1e6) for model, amount in metrics["ccurve_credits_total"].items()} == {
        model: micros for model, (micros, _, _) in expected.items()
    }
    assert metrics["ccurve_requests_total"] == {model: requests for model, (_, requests, _) in expected.items()}
    kept = sum(row.created_ms >= life.kept_from_ms for row in rows)
    held = sum(row.created_ms >= life.kept_from_ms - SLACK_MS for row in rows)
    assert kept <= metrics["ccurve_store_records"][""] <= held


async def _at_rest(program: TurnedProgram, known: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return what it has open when nobody is there, once that is as `known` and of threads just those that stay.

    Returns it all the same, to be compared, where it does not become so.
    """
    waited_s = 0.0
    while True:
        metrics = await _metrics(program)
        seen = await program.look()
        strangers = sorted(set(seen["threads"]) - THREADS)
        found = {
            "tasks": seen["tasks"],
            "threads that should not be": strangers,
            "files": program.open_files(),
            "streams": metrics["ccurve_subscribers"],
        }
        if (found == known or (known is None and not strangers)) or waited_s > PATIENCE_S:
            return found
        await asyncio.sleep(0.1)  # another process, which can only be asked
        waited_s += 0.1


async def _usage(program: TurnedProgram, query: str) -> dict[str, Any]:
    """Return an answer with its amounts as they were written: no float is made on the way."""
    async with program.session.get(f"{program.url}/api/usage?{query}") as response:
        assert response.status == 200, await response.text()
        usage: dict[str, Any] = json.loads(await response.text(), parse_float=Decimal)
        return usage


async def _metrics(program: TurnedProgram) -> dict[str, dict[str, float]]:
    """Return the metrics by name and first label."""
    async with program.session.get(f"{program.url}/metrics") as response:
        text = await response.text()
    found: dict[str, dict[str, float]] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found.setdefault(sample.name, {})[next(iter(sample.labels.values()), "")] = sample.value
    return found


def _joined(*numbers: int) -> str:
    return "; ".join(f"{number:,}" for number in numbers)


def _megabytes(life: Life) -> str:
    own, files = (median(sizes) / 1e6 for sizes in zip(*life.memory, strict=True))
    return f"{own:.2f} ({own + files:.2f})"
