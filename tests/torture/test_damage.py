"""Whatever becomes of the files on the disk: a sentence with the remedy, or it serves rightly; never a signal."""

import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from msgspec import Struct

from domain.errors import StartError
from storage import files
from storage.examine import examine
from storage.store import opened
from tests.storage.examples import NOW_MS, answer, record

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows cannot fork, nor tell what ended a process")

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = 4096
REMEDIES: Final = ("--restore", "save the cookie again", "--data-dir", "ove it away")

Damage = Callable[[bytes, bytes, random.Random], bytes]


class Outcome(Struct, frozen=True):
    """How opening went: the signal that ended the process, and what it said."""

    signal: int
    said: str


@pytest.fixture(scope="module")
def survivor() -> Iterator[Callable[[Path], Outcome]]:
    """Open a data directory in a process of its own."""
    command = [sys.executable, "-m", "tests.torture.survivor"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        asked, answered = process.stdin, process.stdout

        def open_in_another(directory: Path) -> Outcome:
            asked.write(f"{directory}\n")
            asked.flush()
            return Outcome(**json.loads(answered.readline()))

        yield open_in_another
        asked.close()


@pytest.fixture
async def sound(tmp_path: Path) -> Path:
    """A data directory after a clean end, and in `older` what its files were some time before."""
    directory, older = tmp_path / "sound", tmp_path / "older"
    older.mkdir()
    files.prepare(directory)
    with opened(directory) as store:
        await store.history.apply(answer([record(n, model=f"model-{n % 5}") for n in range(2000)]), NOW_MS)
        await store.cookies.save("session=an-older-one; other=1")
    for name in (files.HISTORY, files.COOKIE):
        shutil.copyfile(directory / name, older / name)
    with opened(directory) as store:
        for first in range(2000, 3000, 50):
            records = [record(n, model=f"model-{n % 9}") for n in range(first, first + 50)]
            await store.history.apply(answer(records), NOW_MS)
        await store.history.apply(answer([record(n, micros=3) for n in range(0, 2500, 7)]), NOW_MS)
        await store.cookies.save("session=invented; " + "; ".join(f"pair{n}={'x' * 300}" for n in range(30)))
    return directory


def truncated(whole: bytes, _: bytes, dice: random.Random) -> bytes:
    return whole[: dice.randrange(len(whole))]


def truncated_at_a_page(whole: bytes, _: bytes, dice: random.Random) -> bytes:
    return whole[: dice.randrange(len(whole) // PAGE) * PAGE]


def a_bit_flipped(whole: bytes, _: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(whole))
    return whole[:at] + bytes([whole[at] ^ 1 << dice.randrange(8)]) + whole[at + 1 :]


def a_bit_of_a_header_flipped(whole: bytes, _: bytes, dice: random.Random) -> bytes:
    """Of the first bytes of a page, where its kind, its bounds and its neighbours are told."""
    at = dice.randrange(len(whole) // PAGE) * PAGE + dice.randrange(160)
    return whole[:at] + bytes([whole[at] ^ 1 << dice.randrange(8)]) + whole[at + 1 :]


def bytes_of_chance(whole: bytes, _: bytes, dice: random.Random) -> bytes:
    at, size = dice.randrange(len(whole)), dice.randrange(1, 3 * PAGE)
    return (whole[:at] + dice.randbytes(size) + whole[at + size :])[: len(whole)]


def pages_swapped(whole: bytes, _: bytes, dice: random.Random) -> bytes:
    pages = [whole[at : at + PAGE] for at in range(0, len(whole), PAGE)]
    one, other = dice.randrange(len(pages)), dice.randrange(len(pages))
    pages[one], pages[other] = pages[other], pages[one]
    return b"".join(pages)


def half_written(whole: bytes, older: bytes, dice: random.Random) -> bytes:
    """Some of it is what was there before: a copy that was cut off over an older one."""
    at = dice.randrange(min(len(whole), len(older)) // PAGE) * PAGE
    return dice.choice([whole[:at] + older[at:], older[:at] + whole[at:]])


def pages_from_before(whole: bytes, older: bytes, dice: random.Random) -> bytes:
    """Some pages never reached the disk."""
    count = min(len(whole), len(older)) // PAGE
    lost = {dice.randrange(count) for _ in range(dice.randrange(1, 5))}
    return b"".join((older if n in lost else whole)[n * PAGE : (n + 1) * PAGE] for n in range(len(whole) // PAGE))


def longer(whole: bytes, _: bytes, dice: random.Random) -> bytes:
    return whole + dice.randbytes(dice.randrange(1, 3 * PAGE))


DAMAGES: Final[list[Damage]] = [
    truncated,
    truncated_at_a_page,
    a_bit_flipped,
    a_bit_of_a_header_flipped,
    bytes_of_chance,
    pages_swapped,
    half_written,
    pages_from_before,
    longer,
]


class Place:
    """Where damage is done again and again, and what is held to each outcome."""

    def __init__(self, sound: Path, place: Path, survivor: Callable[[Path], Outcome]) -> None:
        self.sound = sound
        self.place = place
        self.outcomes: Counter[str] = Counter()
        self._survivor = survivor

    def open_with(self, name: str, content: bytes, *, clean: bool) -> None:
        """Open the sound directory with that in the place of a file; as after a clean end, or after none."""
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(self.sound, self.place)
        if not clean:
            (self.place / files.CLEAN_END).unlink()
        path = self.place / name
        before = path.stat()
        path.write_bytes(content)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        adds_up = name != files.HISTORY or self._adds_up(path)
        outcome = self._survivor(self.place)
        assert outcome.signal == 0, outcome
        assert "Traceback" not in outcome.said, outcome.said
        if outcome.said == "served":
            self.outcomes["served"] += 1
            assert adds_up
            return
        self.outcomes["refused"] += 1
        assert any(remedy in outcome.said for remedy in REMEDIES), outcome.said
        assert "session" not in outcome.said
        assert "\n" not in outcome.said
        assert path.read_bytes() == content
        assert not adds_up or name != files.HISTORY

    def _adds_up(self, path: Path) -> bool:
        try:
            examine(path)
        except StartError:
            return False
        return True


@pytest.fixture
def place(sound: Path, tmp_path: Path, survivor: Callable[[Path], Outcome]) -> Place:
    return Place(sound, tmp_path / "damaged", survivor)


@pytest.mark.parametrize("clean", [True, False], ids=["after a clean end", "after none"])
@pytest.mark.parametrize("name", [files.HISTORY, files.COOKIE])
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_damage_is_told_or_does_no_harm(
    place: Place,
    damage: Damage,
    name: str,
    clean: bool,
    count: Callable[[str], int],
    figure: Callable[[str, object], None],
) -> None:
    dice = random.Random(f"{damage.__name__} {name} {clean}")  # noqa: S311 - the same every time
    whole, older = (place.sound / name).read_bytes(), (place.sound.parent / "older" / name).read_bytes()
    for _ in range(count("damages")):
        place.open_with(name, damage(whole, older, dice), clean=clean)
    after = "a clean end" if clean else "none"
    figure(f"{name}, {damage.__name__.replace('_', ' ')}, after {after}", dict(place.outcomes))


@pytest.mark.parametrize("clean", [True, False], ids=["after a clean end", "after none"])
@pytest.mark.parametrize("name", [files.HISTORY, files.COOKIE])
def test_a_zeroed_page_is_told_or_does_no_harm_whichever_it_is(
    place: Place, name: str, clean: bool, count: Callable[[str], int], figure: Callable[[str, object], None]
) -> None:
    whole = (place.sound / name).read_bytes()
    pages = range(len(whole) // PAGE)
    step = max(1, len(pages) // count("damages"))
    for page in pages[::step]:
        place.open_with(name, whole[: page * PAGE] + bytes(PAGE) + whole[(page + 1) * PAGE :], clean=clean)
    after = "a clean end" if clean else "none"
    figure(f"{name}, each of {len(pages[::step])} of {len(pages)} pages zeroed, after {after}", dict(place.outcomes))


def test_what_is_not_damaged_is_served(place: Place) -> None:
    for name in (files.HISTORY, files.COOKIE):
        for clean in (True, False):
            place.open_with(name, (place.sound / name).read_bytes(), clean=clean)
    assert place.outcomes == {"served": 4}
