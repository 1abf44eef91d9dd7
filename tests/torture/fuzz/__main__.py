"""Owns the run of one target under atheris: `python -m tests.torture.fuzz TARGET CORPUS -runs=100000 -seed=1`.

Ends with 0 after that many runs; where one raises, shows the error and the input, and ends otherwise.
"""

import sys
from pathlib import Path

import atheris  # type: ignore[import-untyped] # it has no types

with atheris.instrument_imports(include=["domain", "poller", "web", "launch", "tests.torture.fuzz"]):
    from tests.torture.fuzz.targets import TARGETS


def main() -> None:
    name, corpus, *settings = sys.argv[1:]
    target, seeds = TARGETS[name]
    for number, seed in enumerate(seeds):
        (Path(corpus) / f"seed-{number}").write_bytes(seed)

    def run(data: bytes) -> None:
        try:
            target(data)
        except BaseException as error:
            error.add_note(f"What it was fed with: {data!r}")
            raise

    atheris.Setup([sys.argv[0], *settings, corpus], run)
    atheris.Fuzz()


main()
