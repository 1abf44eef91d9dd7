"""Owns the cursor as text: which store, and how far it has got. Opaque to everybody outside.

Who hands out sequences, and what lies between two of them, is the store's.
"""

import re
from typing import Final

from msgspec import Struct

MAX_SEQUENCE: Final = 2**63 - 1
"""The largest sequence that a cursor can hold."""

_SHAPE: Final = re.compile(r"([0-9a-z]{1,40})-(0|[1-9][0-9]{0,18})")


class Cursor(Struct, frozen=True):
    """A place in a store: `store_id` is 1 to 40 of `0-9a-z`, `sequence` counts up from 0 (nothing stored yet).

    Of two cursors of one store, the one with the larger sequence is the later one.
    """

    store_id: str
    sequence: int

    @property
    def text(self) -> str:
        """The cursor as it is handed out: printable ASCII without spaces; `cursor_from_text` reads it back."""
        return f"{self.store_id}-{self.sequence}"


def cursor_from_text(text: str) -> Cursor | None:
    """Return the cursor that `text` says, None where it says none, whoever sent it."""
    match = _SHAPE.fullmatch(text)
    if match is None or int(match[2]) > MAX_SEQUENCE:
        return None
    return Cursor(match[1], int(match[2]))
