"""Owns how an error that nobody foresaw is told: of what kind it is and where it came from, in no words of its own.

Its words may quote anything, a cookie too, and so may the values in its frames. Who tells it is for others.
"""

import traceback
from collections.abc import Iterator
from types import TracebackType


def without_words(error: BaseException | None) -> str:
    """Return the error's kind and the lines that it came through, those of its causes too; innermost line last."""
    return "\n".join(_lines(error, set())) or "no error"


def _lines(error: BaseException | None, told: set[int]) -> Iterator[str]:
    while error is not None and id(error) not in told:
        if told:
            yield "caused by"
        told.add(id(error))
        yield type(error).__qualname__
        yield from _places(error.__traceback__)
        if isinstance(error, BaseExceptionGroup):
            for one in error.exceptions:
                yield from _lines(one, told)
        error = error.__cause__ or error.__context__


def _places(frames: TracebackType | None) -> Iterator[str]:
    # Without the source's lines, which would have to be read from files that may be gone or newer.
    for frame, line in traceback.walk_tb(frames):
        yield f'  File "{frame.f_code.co_filename}", line {line}, in {frame.f_code.co_qualname}'
