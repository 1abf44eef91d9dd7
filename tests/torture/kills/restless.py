"""Owns a relay that does all that makes a history hard to keep: it pages, corrects, arrives late, names new models."""

import asyncio
import json
import random
from collections.abc import Callable
from typing import Any, Final

from tests.fakes.relay import CHECK, USAGE, Exchange, FakeRelay, RelayRecord, charge, normal
from tests.fakes.relay_wire import whole
from tests.torture.kills.agreement import moment_ms, moment_text
from tests.torture.kills.ledger import Ledger

START_MS: Final = 1_756_128_000_000
_KEPT: Final = 200
_CREDITS: Final = (1, 9, 0.5, 12.345678, 0.000001)


class RestlessRelay:
    """Answers with what is new since the answer before, and writes it into the ledger. It answers while it is let."""

    def __init__(self, relay: FakeRelay, ledger: Ledger, go_on: "Charging") -> None:
        self._relay = relay
        self._ledger = ledger
        self._go_on = go_on
        self._open = asyncio.Event()
        self._more = asyncio.Condition()
        self.last_size = 0
        """How many records were in the last answer."""
        relay.behave(USAGE, self._answer)
        relay.behave(CHECK, normal)

    def hold(self) -> None:
        """Keep all who ask waiting."""
        self._open.clear()

    def let(self) -> None:
        """Answer again."""
        self._open.set()

    async def shown(self, count: int) -> None:
        """Wait until the ledger holds that many answers."""
        async with self._more:
            await self._more.wait_for(lambda: self._ledger.shown >= count)

    async def _answer(self, exchange: Exchange) -> None:
        await self._open.wait()
        if exchange.reader.at_eof():  # who asked was killed meanwhile
            return
        self._go_on(self._relay.records)
        page = self._relay.page()
        body = json.dumps(page).encode()
        self.last_size = len(page)
        self._ledger.show(page, self._relay.records[self._relay.limit :])
        headers = {"Content-Type": "application/json"}
        async with self._more:
            self._more.notify_all()
        await exchange.send(whole(200, body, headers, self._relay.set_cookies))


Charging = Callable[[list[RelayRecord]], None]
"""Goes on with what a relay has charged, newest first."""


def in_bursts(dice: random.Random) -> Charging:
    """Charge now nothing, now more than a page holds; a few late, a few anew, a few by a model never heard of."""
    number = 0
    at_ms = START_MS
    models = ["opus", "sonnet", "haiku"]

    def go_on(records: list[RelayRecord]) -> None:
        nonlocal number, at_ms
        for _ in range(dice.choice((0, 1, 3, 5, 15, 40)) or not records):
            number += 1
            at_ms += dice.randrange(1, 200_000)
            if dice.random() < 0.02:
                models.append(f"model-{number}")
            late_ms = dice.randrange(600_000) if dice.random() < 0.1 else 0
            at = moment_text(at_ms - late_ms)
            records.append(charge(number, credits=dice.choice(_CREDITS), at=at, model=dice.choice(models)))
        records.sort(key=lambda record: (record["createdAt"], record["id"]), reverse=True)
        del records[_KEPT:]
        for record in dice.sample(records[:25], dice.choice((0, 0, 1, 2)) if len(records) > 25 else 0):
            _correct(record, dice, models)
        records.sort(key=lambda record: (record["createdAt"], record["id"]), reverse=True)

    return go_on


def in_masses(dice: random.Random, sizes: tuple[int, ...]) -> Charging:
    """Charge one of `sizes` times, all of them new: more than a page holds never is."""
    number = 0

    def go_on(records: list[RelayRecord]) -> None:
        nonlocal number
        first, number = number + 1, number + dice.choice(sizes)
        records[:] = [
            charge(n, credits=1, at=moment_text(START_MS + n * 500), model=f"model-{n % 5}")
            for n in range(number, first - 1, -1)
        ]

    return go_on


def _correct(record: dict[str, Any], dice: random.Random, models: list[str]) -> None:
    """Change the amount, which never becomes less, and now and then the model or the moment too."""
    record["creditsUsed"] += 1
    if dice.random() < 0.2:
        record["model"] = dice.choice(models)
    if dice.random() < 0.2:
        record["createdAt"] = moment_text(moment_ms(record["createdAt"]) + 1)
