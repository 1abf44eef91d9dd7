from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import files
from storage.store import Store, opened


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    directory = tmp_path / "数据 dir"
    files.prepare(directory)
    return directory


@pytest.fixture
def store(data_dir: Path) -> Iterator[Store]:
    with opened(data_dir) as store:
        yield store
