"""`kill -9` while the configuration and the switch change: what was acknowledged is there, or what was under way."""

import asyncio
import time
from collections.abc import Callable
from typing import Any, Final

from tests.e2e.program import Api
from tests.torture.kills.rig import Rig
from tests.torture.kills.shares import share

CHANGE_S: Final = 0.01

Json = dict[str, Any]


class Wishes:
    """What was wanted last: acknowledged, and under way."""

    def __init__(self) -> None:
        self.config: Json = {}
        self.config_under_way: Json = {}
        self.enabled = self.enabled_under_way = True


async def test_kills_amid_a_change_of_settings_keep_what_was_acknowledged(
    rig: Rig, count: Callable[[str], int], figure: Callable[[str, object], None]
) -> None:
    began_s = time.monotonic()
    await rig.begin()
    wishes = Wishes()
    kills, unheard = share("settings", count("kills")), 0
    async with rig.running() as program:
        wishes.config = wishes.config_under_way = await rig.api(program).get("/api/config")
    for _ in range(kills):
        async with rig.running() as program:
            api = rig.api(program)
            config, enabled = await api.get("/api/config"), (await api.get("/api/status"))["task"]["enabled"]
            assert config in (wishes.config, wishes.config_under_way)
            assert enabled in {wishes.enabled, wishes.enabled_under_way}
            unheard += config != wishes.config or enabled is not wishes.enabled
            wishes.config, wishes.enabled = config, enabled
            within_s = CHANGE_S * rig.dice.randrange(1, 6)
            await rig.kill_amid(program, _keep_wishing(rig, api, wishes), within_s=within_s)
    async with rig.running() as program:
        await rig.end(program)
    seconds = time.monotonic() - began_s
    figure("kills amid a change of settings", f"{kills}; {unheard} between a commit and its answer; {seconds:.0f} s")


async def _keep_wishing(rig: Rig, api: Api, wishes: Wishes) -> None:
    while True:
        change = {"rangeMinutes": rig.dice.randrange(1, 500_000), "hiddenModels": [f"m-{rig.dice.random()}"] * 1}
        wishes.config_under_way = wishes.config | change
        wishes.config = await api.do("PATCH", "/api/config", change)
        assert wishes.config == wishes.config_under_way
        wishes.enabled_under_way = not wishes.enabled
        await api.do("PUT", "/api/task", {"enabled": wishes.enabled_under_way})
        wishes.enabled = wishes.enabled_under_way
        await asyncio.sleep(0)
