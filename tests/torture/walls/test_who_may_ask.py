"""Every route, asked under every name by every kind of page: whoever may not ask gets nothing and changes nothing."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, Final, TypeAlias

import pytest

from tests.e2e.program import Api
from tests.fakes.relay import FakeRelay, charge
from tests.torture.walls import questions
from tests.torture.walls.asking import AT_ONCE, Answer, Line, line_to
from tests.torture.walls.questions import Question, Verdict
from tests.web.site import open_site

Routes: TypeAlias = Sequence[tuple[str, str]]

REFUSALS: Final = {verdict.value[1] for verdict in Verdict if verdict is not Verdict.PASSED}
NOWHERE: Final = (("GET", "/api/nothing"), ("OPTIONS", "/api/status"), ("TRACE", "/"), ("POST", "/"))
STREAM: Final = "/api/events"


@pytest.fixture
async def routes(tmp_path: Path) -> Routes:
    """Return the method and path of every route that the router has, and of some that it has not."""
    async with open_site(tmp_path / "for its routes") as site:
        there = [(route.method, route.resource.canonical) for route in site.app.router.routes() if route.resource]
    assert {("GET", "/"), ("HEAD", "/metrics"), ("GET", STREAM), ("PUT", "/api/cookie")} <= {*there}
    assert not [path for _, path in there if "{" in path]
    return [*there, *NOWHERE]


@pytest.fixture
def table(routes: Routes, count: Callable[[str], int]) -> Callable[[], Iterator[Question]]:
    """Return what yields the table, or a part of it."""
    wanted = count("questions")
    return lambda: (
        questions.every(routes) if wanted >= questions.size_of_all(routes) else questions.some(routes, wanted)
    )


async def test_whoever_may_not_ask_gets_nothing_and_changes_nothing(
    table: Callable[[], Iterator[Question]],
    api: Api,
    relay: FakeRelay,
    port: int,
    figure: Callable[[str, object], None],
) -> None:
    relay.records = [charge(number) for number in range(20)]
    await api.do("PUT", "/api/cookie", {"cookie": "session=good"})
    await api.do("POST", "/api/refresh")
    before, sent = await _standing(api), len(relay.requests)
    count = 0
    async with AsyncExitStack() as lines:
        lasting, ending = await lines.enter_async_context(line_to(port)), await lines.enter_async_context(line_to(port))
        batch: list[Question] = []
        for question in table():
            verdict = question.verdict(port)
            if verdict is Verdict.PASSED:
                continue
            count += 1
            if question.ends(port):
                _expect_refusal(question, await ending.ask_last(question), verdict)
                continue
            batch.append(question)
            if len(batch) == AT_ONCE:
                await _expect_refusals(lasting, batch, port)
                batch = []
        await _expect_refusals(lasting, batch, port)
    assert await _standing(api) == before
    assert len(relay.requests) == sent
    figure("requests of whoever may not ask, refused", f"{count:,}")


async def test_whoever_may_ask_is_answered(
    table: Callable[[], Iterator[Question]], api: Api, port: int, figure: Callable[[str, object], None]
) -> None:
    await api.get("/api/status")
    count = 0
    async with AsyncExitStack() as lines:
        lasting, streaming = (
            await lines.enter_async_context(line_to(port)),
            await lines.enter_async_context(line_to(port)),
        )
        batch: list[Question] = []
        for question in table():
            if question.verdict(port) is not Verdict.PASSED:
                continue
            count += 1
            if question.path == STREAM:
                _expect_answer(question, await streaming.look_into(question))
                continue
            batch.append(question)
            if len(batch) == AT_ONCE:
                await _expect_answers(lasting, batch)
                batch = []
        await _expect_answers(lasting, batch)
    figure("requests of whoever may ask, let through", f"{count:,}")


async def _expect_answers(line: Line, asked: list[Question]) -> None:
    for question, answer in zip(asked, await line.ask(asked), strict=True):
        _expect_answer(question, answer)


def _expect_answer(question: Question, answer: Answer) -> None:
    assert answer.status not in {403, 421}, (question, answer)
    assert answer.code not in REFUSALS, (question, answer)
    if question.method in {"GET", "HEAD"} and (question.method, question.path) not in NOWHERE:
        assert answer.status == 200, (question, answer)


async def _standing(api: Api) -> tuple[Any, Any]:
    return await api.get("/api/status"), await api.get("/api/config")


async def _expect_refusals(line: Line, asked: list[Question], port: int) -> None:
    for question, answer in zip(asked, await line.ask(asked), strict=True):
        _expect_refusal(question, answer, question.verdict(port))


def _expect_refusal(question: Question, answer: Answer, verdict: Verdict) -> None:
    status, code = verdict.value
    assert answer.status == status, (question, answer)
    # Where even the method cannot be read, HEAD has a body, too.
    assert answer.code == code or (question.method == "HEAD" and answer.code is None), (question, answer)
