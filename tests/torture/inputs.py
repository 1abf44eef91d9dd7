"""Owns how inputs are made up and thrown, thousands at a time; what they are made of is `oddities`'.

In portions: what hypothesis remembers of its examples would grow without end in one run of a hundred thousand.
"""

import os
import random
from collections.abc import Callable
from typing import Final, TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

T = TypeVar("T")

_PORTION: Final = 2_000
_SHOWN: Final = 4_000
_ODD_BY_DESIGN: Final = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)


def throw(strategy: st.SearchStrategy[T], count: int, check: Callable[[T], object]) -> None:
    """Call `check` with `count` inputs; one that fails is made small and shown. The same ones each time in CI."""
    first = 0 if os.environ.get("CI") else random.SystemRandom().randrange(2**32)
    for start in range(0, count, _PORTION):

        @seed(first + start)
        @settings(
            max_examples=min(_PORTION, count - start),
            database=None,
            derandomize=False,
            suppress_health_check=_ODD_BY_DESIGN,
            phases=(Phase.generate, Phase.shrink),
        )
        @given(strategy)
        def thrown(made_up: T) -> None:
            try:
                check(made_up)
            except Exception as error:
                error.add_note(f"What was thrown: {repr(made_up)[:_SHOWN]}")
                raise

        thrown()
