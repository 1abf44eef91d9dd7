"""Whatever lies in the place of a file: the program says so in a sentence with the remedy, or it serves rightly."""

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Final

import lmdb
import pytest

from storage import codec, files, schema
from storage.environment import Environment
from storage.store import opened
from tests.e2e.program import Program
from tests.storage.examples import NOW_MS, answer, record

Make = Callable[[Path], object]

PNG: Final = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has neither pipes with names nor devices")


@pytest.fixture
async def lived(data_dir: Path) -> Path:
    files.prepare(data_dir)
    with opened(data_dir) as store:
        await store.history.apply(answer([record(n) for n in range(300)]), NOW_MS)
        await store.cookies.save("session=invented")
    return data_dir


def folder(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.mkdir()


def pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def link_to_nowhere(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(path.parent / "a disk that is away" / path.name)


def device(path: Path) -> None:
    path.unlink(missing_ok=True)
    try:
        os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(1, 5))
    except OSError:
        pytest.skip("only an administrator can make a device")


def holds(content: bytes) -> Make:
    return lambda path: path.write_bytes(content)


def of_another_program(path: Path) -> None:
    path.unlink()
    with lmdb.open(str(path), subdir=False, max_dbs=2, lock=False) as env, env.begin(write=True) as transaction:
        transaction.put(b"key", b"value", db=env.open_db(b"theirs", transaction))


def with_plain_keys(path: Path) -> None:
    path.unlink()
    with lmdb.open(str(path), subdir=False, lock=False) as env, env.begin(write=True) as transaction:
        transaction.put(b"meta", b"value")


def of_a_newer_release(path: Path) -> None:
    environment = Environment(path, schema.bring_up_to_date)
    environment.write_now(lambda t: t.put(b"schema", codec.number_key(99), db=environment.tables.meta), "test")
    environment.close()


def of_another_page_size(path: Path) -> None:
    """Both first pages say 8192, where LMDB on this machine writes 4096."""
    whole = bytearray(path.read_bytes())
    for page in (0, 4096):
        whole[page + 40 : page + 44] = (8192).to_bytes(4, "little")
    path.write_bytes(whole)


def of_32_bits(path: Path) -> None:
    """The first page begins with a number of four bytes, and all behind it comes earlier."""
    whole = path.read_bytes()
    path.write_bytes(whole[4:] + bytes(4))


def of_lmdb_1(path: Path) -> None:
    """The head of a page is eight bytes longer there."""
    whole = path.read_bytes()
    path.write_bytes(whole[:8] + bytes(8) + whole[8:-8])


FOREIGN: Final[dict[str, Make]] = {
    "empty": holds(b""),
    "a text": holds(b"no database at all\n" * 600),
    "a picture": holds(PNG),
    "another kind of database": holds(b"SQLite format 3\0" + bytes(9000)),
    "zeros": holds(bytes(40_960)),
    "another page size": of_another_page_size,
    "32 bits": of_32_bits,
    "LMDB 1.0": of_lmdb_1,
    "a folder": folder,
    "a pipe": pipe,
    "a device": device,
    "a link to nowhere": link_to_nowhere,
}
IN_THE_WAY: Final[dict[str, Make]] = {"a folder": folder, "a pipe": pipe, "a link to nowhere": link_to_nowhere}

REFUSED: Final = [
    *((files.HISTORY, what, make) for what, make in FOREIGN.items()),
    (files.HISTORY, "another program's", of_another_program),
    (files.HISTORY, "another program's without tables", with_plain_keys),
    (files.HISTORY, "a newer release's", of_a_newer_release),
    *((files.COOKIE, what, make) for what, make in FOREIGN.items() if what != "another page size"),
    *(
        (name, what, make)
        for name in (files.LOCK, files.CLEAN_END, files.INSTANCE)
        for what, make in IN_THE_WAY.items()
    ),
    (f"{files.HISTORY}-lock", "a folder", folder),
    (f"{files.INSTANCE}.new", "a pipe", pipe),
    (f"{files.COOKIE}.new", "a folder", folder),
    (f"{files.COOKIE}.old", "a pipe", pipe),
    (files.RESTORED, "a folder", folder),
    (files.UNFINISHED, "a pipe", pipe),
]
SERVED: Final = [
    (f"{files.HISTORY}-lock", "of chance", holds(os.urandom(8192))),
    (f"{files.HISTORY}-lock", "empty", holds(b"")),
    (files.LOCK, "a text", holds(b"not a lock")),
    (files.CLEAN_END, "half of one", holds(b'{"history.mdb":[1')),
    (files.CLEAN_END, "another kind", holds(b"[]")),
    (files.INSTANCE, "a text", holds(b"http")),
    (f"{files.INSTANCE}.new", "half of one", holds(b"{")),
    (f"{files.COOKIE}.new", "a text", holds(b"half")),
    (files.UNFINISHED, "half of one", holds(PNG)),
    (files.RESTORED, "one that came too late", holds(PNG)),
    (files.BACKUPS, "a text", holds(b"in the way")),
    (files.BACKUPS, "a link to nowhere", link_to_nowhere),
]


def lies(path: Path) -> tuple[int, bytes]:
    """Return what kind of thing it is, and what it holds where that can be read."""
    mode = path.lstat().st_mode
    return stat.S_IFMT(mode), path.read_bytes() if stat.S_ISREG(mode) else b""


@pytest.mark.parametrize(("name", "make"), [case[::2] for case in REFUSED], ids=[f"{n}: {w}" for n, w, _ in REFUSED])
async def test_it_is_told_in_a_sentence_with_the_remedy_and_left_as_it_is(lived: Path, name: str, make: Make) -> None:
    make(lived / name)
    before = lies(lived / name)
    program = await Program.started("--port", "0", data_dir=lived)
    status = await program.ended()
    assert (status, program.output) == (1, ""), program.errors
    assert program.errors.count("\n") == 1, program.errors
    remedies = ("--restore", "--data-dir", "ove it away")
    assert any(remedy in program.errors for remedy in remedies), program.errors
    assert "invented" not in program.errors
    assert lies(lived / name) == before


@pytest.mark.parametrize(("name", "make"), [case[::2] for case in SERVED], ids=[f"{n}: {w}" for n, w, _ in SERVED])
async def test_what_matters_to_nobody_keeps_nobody_from_being_served(lived: Path, name: str, make: Make) -> None:
    make(lived / name)
    program = await Program.started("--port", "0", "--upstream", "http://127.0.0.1:9", data_dir=lived)
    await program.listening()
    assert await program.stop() == 0
    with opened(lived) as store:
        assert store.history.summary().records == 300
        assert store.cookies.text == "session=invented"


WITHOUT_RIGHTS: Final = ["setpriv", "--inh-caps=-all", "--bounding-set=-all"]


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() != 0 or shutil.which("setpriv") is None,
    reason="only an administrator of Linux can give a file away, and give up the right to read it all the same",
)
@pytest.mark.parametrize("name", [files.HISTORY, files.COOKIE, files.LOCK, files.CLEAN_END])
async def test_a_file_of_somebody_else_is_named(lived: Path, name: str) -> None:
    (lived / name).touch()
    (lived / name).chmod(0)
    os.chown(lived / name, 65_534, 65_534)
    program = await Program.started("--port", "0", data_dir=lived, wrapper=WITHOUT_RIGHTS)
    assert (await program.ended(), program.output) == (1, ""), program.errors
    assert program.errors.count("\n") == 1, program.errors
    assert str(lived / name) in program.errors
    check = await Program.started("--check", data_dir=lived, wrapper=WITHOUT_RIGHTS)
    assert (await check.ended(), "Traceback" in check.errors) == (1 if name.endswith("mdb") else 0, False), check.output
