"""Owns the LMDB environment of the history: its threads, its growing map, its tables.

What lies in the tables is for `history`, `view` and `settings`.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Final, TypeAlias, TypeVar

import lmdb

from domain.errors import StorageError
from storage import files
from storage.place import Place
from storage.trouble import making_sense, translated

T = TypeVar("T")
Transaction: TypeAlias = "lmdb.Transaction[bytes]"

CELL_WIDTHS_MS: Final = (14_400_000, 3_600_000, 1_800_000, 900_000)
"""Sums are kept for cells of 4 hours, 1 hour, 30 and 15 minutes: the hours of every zone are whole cells."""

MAX_TABLES: Final = 16
"""How many named databases an environment is opened for."""

_FIRST_MAP_BYTES: Final = 4 << 20
_LARGEST_STEP_BYTES: Final = 256 << 20
_LOCK_BYTES: Final = 8192  # what LMDB maps of the file beside it, for the 126 readers that it makes room for
_READERS: Final = 2
_WALK: Final = 1000

Item = tuple[bytes, bytes]
"""A key and its value."""


class Tables:
    """The named databases, opened in the transaction that makes them where they are missing."""

    def open(self, env: lmdb.Environment, transaction: Transaction, *, create: bool = True) -> None:
        """Open them, for the first time or again: what holds this object goes on with it.

        Without `create` one that is missing raises lmdb.NotFoundError.
        """

        def table(name: str) -> "lmdb._Database":
            return env.open_db(name.encode(), transaction, create=create)

        self.meta = table("meta")
        self.models = table("models")
        self.lifetime = table("lifetime")
        self.records = table("records")
        self.sequence = table("sequence")
        self.ids = table("ids")
        self.gaps = table("gaps")
        self.cells = [table(f"cells-{width // 1000}") for width in CELL_WIDTHS_MS]


class Environment:
    """An open environment, to be closed once nothing is under way.

    `prepare` runs in the transaction that opens the tables: what it raises leaves the file as it was.
    """

    def __init__(self, path: Path, prepare: Callable[[Transaction, Tables], None]) -> None:
        self._path = path
        self.tables = Tables()
        if not path.exists():
            with translated("make the database", path.parent):
                _create(path)
        self._open()
        self.place = Place(path)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="store-write")
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="store-read")
        self._reading = 0
        self._moving = False
        self._closing = False
        self._map = threading.Condition()

        def open_tables(transaction: Transaction) -> None:
            self.tables.open(self._env, transaction)
            prepare(transaction, self.tables)

        try:
            self.write_now(open_tables, "prepare the database")
        except BaseException:
            self.close()
            raise

    async def read(self, work: Callable[[Transaction], T], doing: str) -> T:
        """Run `work` in a read transaction on a reading thread."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, work, doing)

    async def run_on_writer(self, work: Callable[[], T]) -> T:
        """Run `work` on the writing thread, one at a time: what writes, and what must be in step with it."""
        return await asyncio.get_running_loop().run_in_executor(self._writer, work)

    def read_now(self, work: Callable[[Transaction], T], doing: str) -> T:
        """Run `work` in a read transaction on this very thread."""
        with making_sense(doing, self._path.parent):
            return self._read(work, doing)

    def write_now(self, work: Callable[[Transaction], T], doing: str) -> T:
        """Run `work` in a write transaction on this very thread; on return it is on the disk.

        `work` may run more than once (the map grows between), so it changes nothing but the transaction.
        Nothing is written into a file that has been moved away or deleted: that raises StorageError.
        """
        with making_sense(doing, self._path.parent):
            self._revive()
            while True:
                try:
                    with self._env.begin(write=True) as transaction:
                        done = work(transaction)
                        self.place.ensure_kept(doing)
                        return done
                except lmdb.MapFullError:
                    self._grow()
                except lmdb.Error:
                    self._revive()
                    raise

    def walk(self, items: Iterator[Item]) -> Iterator[Item]:
        """Yield the items, unless the environment is being closed: then raise StorageError.

        A long read would otherwise keep the program from ending in time.
        """
        return chain.from_iterable(self._pieces(items))

    async def copy(self, path: Path) -> None:
        """Write the database as it stands, without its free pages, to a new file. Others go on writing meanwhile."""
        await asyncio.get_running_loop().run_in_executor(self._readers, self._copy, path)

    def size_bytes(self) -> int:
        """Return the size of the data file, wherever it is by now."""
        with translated("read the size of the database", self._path.parent), self._map_held():
            return (self._env.info()["last_pgno"] + 1) * self._env.stat()["psize"]

    def close(self) -> None:
        """Let what is being written come to its end, and what is being read to none; then close the files."""
        self._closing = True
        self._writer.shutdown()
        self._readers.shutdown(cancel_futures=True)
        self._env.close()

    def _read(self, work: Callable[[Transaction], T], doing: str) -> T:
        with translated(doing, self._path.parent), self._map_held(), self._env.begin() as transaction:
            return work(transaction)

    def _copy(self, path: Path) -> None:
        with translated("copy the database", self._path.parent), self._map_held(), files.created(path) as file:
            self._env.copyfd(file.fileno(), compact=True)

    def _pieces(self, items: Iterator[Item]) -> Iterator[Iterator[Item]]:
        for first in items:
            if self._closing:
                raise StorageError("CCurve is about to end. Ask again once it has been started.")
            yield chain((first,), islice(items, _WALK - 1))

    def _open(self) -> None:
        # A map that is smaller than the file is taken as large as the file by LMDB itself.
        with translated("open the database", self._path.parent):
            files.reserve(self._path.with_name(f"{self._path.name}-lock"), _LOCK_BYTES)
            self._env = lmdb.open(
                str(self._path),
                subdir=False,
                mode=0o600,
                map_size=_FIRST_MAP_BYTES,
                max_dbs=MAX_TABLES,
                max_spare_txns=_READERS,
                readahead=False,
            )
            self._env.reader_check()

    def _grow(self) -> None:
        size = self._env.info()["map_size"]
        with self._unread():
            self._env.set_mapsize(size + min(size, _LARGEST_STEP_BYTES))

    def _revive(self) -> None:
        """Open the file again where LMDB has given it up, which it does for ever once a commit's last page failed.

        It has put the old page back by then, so that what was committed before is what is there.
        """
        try:
            self._env.begin().abort()
        except lmdb.Error:
            self.place.ensure_kept("open the database again")
            with self._unread():
                self._env.close()
                self._open()
                try:
                    with self._env.begin(write=True) as transaction:
                        self.tables.open(self._env, transaction)
                except lmdb.Error:
                    self._env.close()  # so that the next write tries again
                    raise

    @contextmanager
    def _unread(self) -> Iterator[None]:
        """Keep readers out: no transaction may be open while the map moves."""
        with self._map:
            self._moving = True
            self._map.wait_for(lambda: self._reading == 0)
            try:
                yield
            finally:
                self._moving = False
                self._map.notify_all()

    @contextmanager
    def _map_held(self) -> Iterator[None]:
        """Keep the map where it is: it must not move under an open transaction."""
        with self._map:
            self._map.wait_for(lambda: not self._moving)
            self._reading += 1
        try:
            yield
        finally:
            with self._map:
                self._reading -= 1
                self._map.notify_all()


def _create(path: Path) -> None:
    """Make an empty database, under another name first: one that lies at its own is whole, however this may end."""
    fresh = path.with_name(files.UNFINISHED)
    fresh.unlink(missing_ok=True)
    try:
        with lmdb.open(str(fresh), subdir=False, lock=False, mode=files.OWNER_ONLY, map_size=_FIRST_MAP_BYTES) as env:
            env.sync(force=True)
        fresh.replace(path)
    except (lmdb.Error, OSError):
        fresh.unlink(missing_ok=True)
        raise
