from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.web.site import Site, open_site


@pytest.fixture
async def site(data_dir: Path) -> AsyncIterator[Site]:
    async with open_site(data_dir) as site:
        yield site
