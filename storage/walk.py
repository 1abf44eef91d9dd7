"""Owns the walk through the pages of an LMDB file: that of `lmdb.verify`, put right for searches and for long values.

What leads a search is the keys on branch pages. `lmdb.verify` 3.0.0 compares them with one another, but not with those
that they part: with a wrong one, what is there is not found. A value of more than about 2,000 bytes lies on pages of
its own. Of these it looks at the first alone, while LMDB reads all of them, and dies where the file ends before. And
where a shorter value replaces it in the same transaction, LMDB 0.9.36 leaves it on as many pages as before
(`mdb_cursor_put`), which `lmdb.verify` takes for damage. There is no other way in than by its own methods;
`tests/storage/test_walk.py` tells when they have changed.
"""

import os
import sys
from itertools import pairwise
from pathlib import Path
from typing import no_type_check

from lmdb.verify import VerifyError, _Verifier


def problems(path: Path) -> list[str]:
    """Return what is wrong with a file, which nothing is handed to that could be killed by it; empty where nothing is.

    Raises OSError.
    """
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        if size == 0:
            return ["it is empty"]
        try:
            found: list[str] = _Walk(file, size).verify()
        except VerifyError as error:
            return [str(error)]
    return found


class _Walk(_Verifier):
    @no_type_check
    def __init__(self, file, size) -> None:  # noqa: ANN001 - lmdb's own
        super().__init__(file, size)
        self._spans = {}  # the first and the last key of what lies under a page, until its parent has looked at it

    @no_type_check
    def _walk_leaf(self, ctx, pgno, buf) -> None:  # noqa: ANN001 - lmdb's own
        super()._walk_leaf(ctx, pgno, buf)
        count = self._numkeys(self._pg_lower(buf, 0))
        if count and not self.errors:
            self._spans[pgno] = self._node(buf, 0)[1], self._node(buf, count - 1)[1]

    @no_type_check
    def _walk_branch(self, ctx, pgno, buf, depth) -> None:  # noqa: ANN001 - lmdb's own
        """Walk through what lies under it, where each key that it holds must part one child from the next."""
        super()._walk_branch(ctx, pgno, buf, depth)
        if self.errors:
            return
        nodes = [self._node(buf, i) for i in range(self._numkeys(self._pg_lower(buf, 0)))]
        compare = ctx["key_cmp"]
        spans = [self._spans.pop(child, None) for child, _ in nodes]
        if None in spans:
            self.err(f"{ctx['name']} DB: a page under page {pgno} has no keys")
            return
        for ((_, last), (first, _)), (_, key) in zip(pairwise(spans), nodes[1:], strict=True):
            if compare(last, key) >= 0 or compare(key, first) > 0:
                self.err(f"{ctx['name']} DB: what lies under page {pgno} is not found by the keys there")
        self._spans[pgno] = spans[0][0], spans[-1][1]

    @no_type_check
    def _node(self, buf, i):  # noqa: ANN001, ANN202 - lmdb's own
        """Return what a node of a sound page holds: the page under it, which means nothing on a leaf, and its key."""
        at = self._node_off(buf, 0, i)
        parts = (buf[part : part + 2] for part in range(at, at + 8, 2))
        low, high, highest, size = (int.from_bytes(part, sys.byteorder) for part in parts)
        return low | high << 16 | highest << 32, buf[at + 8 : at + 8 + size]

    @no_type_check
    def _bigdata(self, ctx, pgno, i, buf, doff, dsize, *, want_bytes):  # noqa: ANN001, ANN202, PLR0913 - lmdb's own
        """Look at a value on pages of its own: as many as the first of them says, all of which must be there."""
        first_pgno = int.from_bytes(buf[doff : doff + 8], sys.byteorder)
        first = self.read_page(first_pgno)
        pages = 0 if first is None else self._pg_pages(first, 0)
        if pages and self.read_extent(first_pgno, pages) is None:
            self.err(f"{ctx['name']} DB: the value on page {first_pgno} does not end before the file does")
            return None
        fitting = max(dsize, pages * self.psize - self.hdrsz)
        data = super()._bigdata(ctx, pgno, i, buf, doff, fitting, want_bytes)
        return None if data is None else data[:dsize]
