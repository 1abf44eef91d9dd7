"""Owns what each browser test gets: one Chromium for all of them, a stage and visitors of its own.

A visitor whose pages complained of something that the test did not expect fails the test.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.browser.chromium import installed, launched
from tests.browser.dashboard import Dashboard, Visitor, visiting
from tests.browser.stage import Stage, staged

Visit: TypeAlias = Callable[..., Awaitable[Visitor]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run these tests in the loop of the session, where the browser lives."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here) and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    executable = installed()
    if executable is None:
        missing = "no Chromium is installed, nor a browser made of it"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    # In this loop are Playwright and the fakes alone; what is tested has processes of its own.
    asyncio.get_running_loop().set_debug(False)
    async with launched(executable) as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with staged(tmp_path / "data") as stage:
        yield stage


@pytest_asyncio.fixture(loop_scope="session")
async def visit(browser: Browser, stage: Stage) -> AsyncIterator[Visit]:
    """Return what opens a browser for one more person, with options of Playwright's contexts."""
    complaints: list[str] = []
    async with AsyncExitStack() as visitors:

        async def visit(**options: Any) -> Visitor:  # noqa: ANN401 - Playwright's
            visitor = await visitors.enter_async_context(visiting(browser, stage, **options))
            visitors.callback(lambda: complaints.extend(visitor.watch.complaints()))
            return visitor

        yield visit
    assert not complaints


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(visit: Visit) -> Visitor:
    """Return the one person of most tests."""
    return await visit()


@pytest_asyncio.fixture(loop_scope="session")
async def dashboard(visitor: Visitor) -> Dashboard:
    """Return their page, which shows what there was when the test began: nothing."""
    return await visitor.open()
