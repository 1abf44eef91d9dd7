from collections.abc import Callable
from typing import Final

import pytest

from tests.torture.counts import count_of

_FIGURES: Final = pytest.StashKey[list[str]]()


@pytest.fixture
def count(pytestconfig: pytest.Config) -> Callable[[str], int]:
    """Return how often something is to be done, by the name it has in `counts`."""
    return lambda name: count_of(pytestconfig, name)


@pytest.fixture
def figure(pytestconfig: pytest.Config) -> Callable[[str, object], None]:
    """Note what was found, to be shown on a line of its own at the end of the run."""
    figures = pytestconfig.stash.setdefault(_FIGURES, [])
    return lambda name, value: figures.append(f"{name:<64} {value}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    figures = config.stash.get(_FIGURES, [])
    if figures:
        terminalreporter.section("figures")
        for line in figures:
            terminalreporter.write_line(line)
