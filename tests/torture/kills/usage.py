"""Owns the reading of all that a store holds, over HTTP, and of nothing that does not agree with itself."""

import json
import random
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

import aiohttp
from msgspec import Struct

from domain.records import Gap
from tests.torture.kills.agreement import SIZES, Json, assert_models_agree, assert_series_agree, charges_of, moment_ms

_ALWAYS: Final = "from=0&to=4102444800000"


class Usage(Struct, frozen=True):
    """The history as one answer told it."""

    records: list[Json]
    gaps: list[Gap]
    cursor: str


async def read_usage(
    session: aiohttp.ClientSession, url: str, dice: random.Random, sizes: Iterable[str] = SIZES
) -> Usage:
    """Return the whole history, once the sums at each of the bucket sizes were held to it, for one model too.

    Where something is stored or let go meanwhile, it is read anew.
    """
    while True:
        whole = await _get(session, url, "")
        charges = charges_of(whole["records"])
        assert len(charges) == len(whole["records"]), "a charge is there twice"
        assert_models_agree(whole["models"], charges.values())
        agree = [await _summed(session, url, whole, f"&bucket={size}") for size in sizes]
        if whole["models"]:
            model = dice.choice(whole["models"])["model"]
            agree.append(await _summed(session, url, whole, f"&bucket={dice.choice(SIZES)}&model={model}", model))
        if all(agree):
            gaps = [Gap(moment_ms(gap["from"]), moment_ms(gap["to"])) for gap in whole["gaps"]]
            return Usage(whole["records"], gaps, whole["cursor"])


async def _summed(session: aiohttp.ClientSession, url: str, whole: Json, query: str, model: str | None = None) -> bool:
    """Hold one answer to the records; return whether it speaks of the same ones."""
    answer = await _get(session, url, query)
    charges = [c for c in charges_of(whole["records"]).values() if model is None or c.model == model]
    if answer["cursor"] != whole["cursor"] or sum(m["requests"] for m in answer["models"]) != len(charges):
        async with session.get(f"{url}/api/status") as response:
            status = await response.json()
        if (status["usage"]["cursor"], status["usage"]["records"]) != (whole["cursor"], len(whole["records"])):
            return False
    assert_models_agree(answer["models"], charges)
    assert_series_agree(answer, charges)
    return True


async def _get(session: aiohttp.ClientSession, url: str, query: str) -> Any:  # noqa: ANN401 - JSON
    async with session.get(f"{url}/api/usage?{_ALWAYS}{query}") as response:
        text = await response.text()
        assert response.status == 200, text
        return json.loads(text, parse_float=Decimal)
