"""Owns the walk through the pages of an LMDB file: that of `lmdb.verify`, put right where long values are concerned.

A value of more than about 2,000 bytes lies on pages of its own. Of these `lmdb.verify` 3.0.0 looks at the first alone,
while LMDB reads all of them, and dies where the file ends before. And where a shorter value replaces it in the same
transaction, LMDB 0.9.36 leaves it on as many pages as before (`mdb_cursor_put`), which `lmdb.verify` takes for damage.
There is no other way in than by its own methods; `tests/storage/test_walk.py` tells when they have changed.
"""

import os
import sys
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
            found: list[str] = _Walk(file, size).verify()  # type: ignore[no-untyped-call]
        except VerifyError as error:
            return [str(error)]
    return found


class _Walk(_Verifier):
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
