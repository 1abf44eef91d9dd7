"""Owns how much each test of this folder does: a little on every run, more where CI is set, all of it with `--full`.

Each count is an option of pytest, which beats the others: `make torture ARGS="--kills 5000"`.
"""

import os
from typing import Final, NamedTuple

import pytest


class Count(NamedTuple):
    """How often something is done: on every run, in CI, and with `--full`."""

    every_run: int
    ci: int
    full: int
    what: str


COUNTS: Final = {
    "kills": Count(10, 60, 1_000, "how often the program is killed"),
    "inputs": Count(200, 2_000, 100_000, "how many inputs are made up of each kind"),
    "questions": Count(2_000, 20_000, 10_000_000, "how many requests ask who may ask, if there are so many"),
    "connections": Count(200, 2_000, 2_000, "how many connections do nothing"),
    "records": Count(20_000, 50_000, 1_000_000, "how many records are stored"),
    "damages": Count(3, 30, 2_000, "how often a file is damaged in each way"),
    "days": Count(1, 1, 7, "how many days are lived through"),
}


def add_options(parser: pytest.Parser) -> None:
    """Add the options; only the outermost conftest may."""
    group = parser.getgroup("torture")
    group.addoption("--full", action="store_true", help="do all that the figures are made of; takes hours")
    group.addoption("--seed", type=int, help="repeat the chance of a run that failed, and said its seed")
    for name, count in COUNTS.items():
        group.addoption(
            f"--{name}", type=int, help=f"{count.what} ({count.every_run}; in CI {count.ci}; full {count.full})"
        )


def count_of(config: pytest.Config, name: str) -> int:
    """Return how often that is to be done in this run."""
    told: int | None = config.getoption(f"--{name}")
    if told is not None:
        return told
    count = COUNTS[name]
    if config.getoption("--full"):
        return count.full
    return count.ci if os.environ.get("CI") else count.every_run
