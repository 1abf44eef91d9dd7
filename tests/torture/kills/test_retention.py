"""`kill -9` while old records are let go: each is there with its sums, or gone with its sums."""

import time
from collections.abc import Callable
from typing import Final

from domain.settings import Config
from storage.store import opened
from tests.fakes.relay import charge
from tests.torture.kills.agreement import CELL_MS, charges_of, moment_text
from tests.torture.kills.rig import Rig
from tests.torture.kills.shares import share

DAY_MS: Final = 86_400_000
RECORDS: Final = 16_000
DAYS: Final = 4
PRUNING_S: Final = 0.4
"""About how long it takes to let go of three days' records, in batches."""


async def test_kills_amid_retention_leave_records_and_sums_in_step(
    rig: Rig, count: Callable[[str], int], figure: Callable[[str, object], None]
) -> None:
    began_s = time.monotonic()
    now_ms = time.time_ns() // 1_000_000
    rig.relay.limit = RECORDS
    rig.relay.records = [
        charge(RECORDS - n, credits=1.5, at=moment_text(now_ms - n * DAYS * DAY_MS // RECORDS), model=f"m-{n % 7}")
        for n in range(1, RECORDS)
    ]
    everything = charges_of(rig.relay.records)
    await rig.begin()
    kills, amid = share("retention", count("kills")), 0
    for _ in range(kills):
        async with rig.running() as program:
            api = rig.api(program)
            await api.do("PUT", "/api/task", {"enabled": False})
            await api.do("POST", "/api/refresh")
            assert (await api.get("/api/status"))["usage"]["records"] == len(everything)
            await api.do("PATCH", "/api/config", {"retentionDays": 1})
            await rig.kill_amid(program, within_s=PRUNING_S)
        await rig.check()
        # Else the next start would go on with it before anybody can look.
        with opened(rig.data_dir) as store:
            await store.settings.save_config(Config(retention_days=None))
        async with rig.running() as program:
            left = charges_of((await rig.read_usage(program)).records)
            await program.kill()
        assert left.items() <= everything.items()
        oldest_ms = min(one.at_ms for one in left.values())
        gone = [one.at_ms for number, one in everything.items() if number not in left]
        assert oldest_ms <= now_ms - DAY_MS + DAYS * DAY_MS // RECORDS, "one went that is not a day old"
        assert not gone or max(gone) // CELL_MS < oldest_ms // CELL_MS, "one went alone from among others"
        amid += bool(gone) and oldest_ms < now_ms - DAY_MS - CELL_MS
    async with rig.running() as program:
        await rig.api(program).do("PATCH", "/api/config", {"retentionDays": 1})
        async with rig.page.follow(program.url):
            await rig.page.until(lambda page: page.status["usage"]["records"] < len(everything) // 2)
        await rig.read_usage(program)
        await rig.end(program)
    figure("kills amid retention", f"{kills}; {amid} with a part gone; {time.monotonic() - began_s:.0f} s")
