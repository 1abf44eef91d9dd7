"""Whatever is sent to the running program is answered in its own words: never a 500, a traceback, a hang or growth."""

import asyncio
import contextlib
import json
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final, TypeVar

import pytest
from hypothesis import strategies as st

from tests.e2e.program import running
from tests.fakes.relay import FakeRelay, charge
from tests.torture.asked import READING, WRITING, bodies, body_headers, off_requests, queries
from tests.torture.inputs import throw
from tests.torture.target import PATIENCE_S, Answer, Target, ensure_sound

T = TypeVar("T")
Throw = Callable[[str, st.SearchStrategy[T], Callable[[Target, T], object]], "asyncio.Future[None]"]

LONGEST_LINE: Final = 8_000
WARM_UP: Final = 20
POOL: Final = 4 + (os.cpu_count() or 1)
"""How many threads may still be added to those that wait for work, which are made when they are first needed."""


@asynccontextmanager
async def program(data_dir: Path) -> AsyncIterator[Target]:
    """Run the program with a relay behind it and a few records in it; whatever is sent, it complains of nothing."""
    async with FakeRelay() as relay:
        relay.records = [charge(number) for number in range(16, 0, -1)]
        async with running(data_dir=data_dir, upstream=relay.url) as started:
            with contextlib.closing(Target(started.url, started.pid)) as target:
                json_type = [("Content-Type", "application/json")]
                await asyncio.to_thread(target.ask, "PUT", "/api/cookie", json_type, b'{"cookie":"session=good"}')
                refreshed = await asyncio.to_thread(target.ask, "POST", "/api/refresh")
                assert refreshed.status == 200
                yield target
            assert await started.stop() == 0
        assert "Traceback" not in started.errors
        assert " ERROR " not in started.errors


@pytest.fixture
def thrown(
    tmp_path: Path, count: Callable[[str], int], figure: Callable[[str, object], None]
) -> Callable[[str, st.SearchStrategy[T], Callable[[Target, T], object]], object]:
    """Throw inputs at a program, and have it hold no more at the end than after the first few."""

    async def throw_all(name: str, strategy: st.SearchStrategy[T], check: Callable[[Target, T], object]) -> None:
        inputs = count("inputs")
        loop = asyncio.get_running_loop()
        async with program(tmp_path / "data") as target:
            began_s = loop.time()
            await asyncio.to_thread(throw, strategy, min(WARM_UP, inputs), lambda made_up: check(target, made_up))
            before = await _held(target)
            await asyncio.to_thread(throw, strategy, inputs, lambda made_up: check(target, made_up))
            after = await _held(target)
            figure(name, f"{inputs} in {loop.time() - began_s:.0f} s; {_grown(before, after)}")
            assert after.get("files", 0) <= before.get("files", 0)
            assert after.get("threads", 0) <= before.get("threads", 0) + POOL

    return throw_all


async def _held(target: Target) -> dict[str, int]:
    """Return what the program holds, one connection included, once it has seen that all streams have gone."""
    target.close()
    async with asyncio.timeout(PATIENCE_S):
        while True:
            metrics = await asyncio.to_thread(target.ask, "GET", "/metrics")
            if b"\nccurve_subscribers 0.0\n" in metrics.body:
                return target.figures()


def _grown(before: dict[str, int], after: dict[str, int]) -> str:
    return ", ".join(f"{kind} {before[kind]} to {after[kind]}" for kind in before)


async def test_queries(thrown: Throw[tuple[str, str, str]]) -> None:
    def check(target: Target, made_up: tuple[str, str, str]) -> None:
        method, path, query = made_up
        answer = target.ask(method, f"{path}?{query}")
        too_long = len(query) > LONGEST_LINE
        ensure_sound(answer, {200, 404, 422, *({400} if too_long else ())}.__contains__)

    await thrown(
        "queries", st.tuples(st.sampled_from(["GET", "GET", "HEAD"]), st.sampled_from(READING), queries()), check
    )


async def test_bodies(thrown: Throw[tuple[tuple[str, str], list[tuple[str, str]], bytes]]) -> None:
    def check(target: Target, made_up: tuple[tuple[str, str], list[tuple[str, str]], bytes]) -> None:
        (method, path), headers, body = made_up
        before = target.ask("GET", "/api/config").body
        answer = target.ask(method, path, headers, body)
        ensure_sound(answer, {200, 204, 400, 405, 409, 413, 415, 422}.__contains__)
        after = target.ask("GET", "/api/config").body
        assert after == (answer.body if (path, answer.status) == ("/api/config", 200) else before)

    requests = st.sampled_from(WRITING).flatmap(
        lambda request: st.tuples(st.just(request), body_headers(), bodies(request[1]))
    )
    await thrown("bodies", requests, check)


async def test_places_to_go_on_from(thrown: Throw[tuple[str, str]]) -> None:
    def check(target: Target, made_up: tuple[str, str]) -> None:
        header, parameter = made_up
        headers = [("Last-Event-ID", header)] if header else []
        answer = target.ask("GET", f"/api/events?range=60&lastEventId={parameter}", headers)
        ensure_sound(answer, {200}.__contains__)
        own = (header or parameter) in cursors(target)
        assert reset_of(answer) is not own

    letters = st.one_of(st.sampled_from(["", "-", "0", "a" * 40]), st.text("0123456789abz-_.", max_size=14))
    places = st.one_of(
        letters, st.builds("{}-{}".format, letters, st.one_of(st.integers(-1, 2**64), st.integers(0, 20)))
    )
    headers = st.one_of(
        places, st.text(st.characters(min_codepoint=0x21, max_codepoint=0xFF, exclude_characters="\x7f"), max_size=20)
    )
    await thrown("places to go on from", st.tuples(headers.map(str.strip), places), check)


def cursors(target: Target) -> set[str]:
    """Return every cursor that the program knows: it stores nothing meanwhile."""
    store, _, last = str(json.loads(target.ask("GET", "/api/status").body)["usage"]["cursor"]).rpartition("-")
    return {f"{store}-{sequence}" for sequence in range(int(last) + 1)}


def reset_of(answer: Answer) -> bool:
    """Return what the first event of usage says in its `reset`."""
    assert answer.headers["content-type"] == "text/event-stream"
    begins = b"event: usage\n"
    assert begins in answer.body
    return b'"reset":true' in answer.body


async def test_raw_requests(thrown: Throw[bytes]) -> None:
    def check(target: Target, made_up: bytes) -> None:
        answer = target.send_alone(made_up)
        if answer is not None:
            ensure_sound(answer, lambda status: status < 500)

    await thrown("raw requests", off_requests(), check)
