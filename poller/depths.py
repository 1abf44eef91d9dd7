"""Owns how deep an answer is read: what lies deeper than a record's own fields is cut out, for nobody wants it there.

Reading what is left is `poller.parse`'s.
"""

import re
from typing import Final

DEEPEST: Final = 4
"""An envelope, its list, a record, and a list or an object in that."""

_PART: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[\[{]+|[\]}]+', re.DOTALL)


def shallow(text: str) -> str:
    """Return JSON `text` with null in place of every list and object that lies deeper than `DEEPEST`.

    Takes one look at each character, and no stack: a text may be nested as deeply as it is long.
    """
    kept: list[str] = []
    depth = at = 0
    for part in _PART.finditer(text):
        run = part[0]
        if depth <= DEEPEST:
            kept.append(text[at : part.start()])
        if run[0] in "[{":
            kept.append(run[: max(0, DEEPEST - depth)])
            if depth <= DEEPEST < depth + len(run):
                kept.append("null")
            depth += len(run)
        elif run[0] in "]}":
            kept.append(run[max(0, depth - DEEPEST) :])
            depth -= len(run)
        elif depth <= DEEPEST:
            kept.append(run)
        at = part.end()
    return "".join(kept) + text[at:]
