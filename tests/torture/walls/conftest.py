import pytest

from tests.e2e.conftest import api, program
from tests.e2e.program import Program

__all__ = ["api", "program"]


@pytest.fixture
def port(program: Program) -> int:
    return int(program.url.rpartition(":")[2])
