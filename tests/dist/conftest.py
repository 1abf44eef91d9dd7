"""Owns what the tests of the frozen file get: a place to start it from. They run where there is one to test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.dist.place import Place, place_in
from tests.e2e.conftest import sample
from tests.e2e.program import FROZEN

__all__ = ["sample"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip these tests where no frozen file was named."""
    if not FROZEN:
        for item in items:
            if item.path.is_relative_to(Path(__file__).parent):
                item.add_marker(pytest.mark.skip(reason="CCURVE_TEST_PROGRAM names no frozen file"))


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with place_in(tmp_path / "place") as place:
        yield place
