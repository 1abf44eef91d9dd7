import os
import sys
from pathlib import Path

import pytest

from launch.frozen import outer_process, restore_environment, unpacked

ONE_FILE = "/tmp/_MEI000028a1I8qlmB"  # noqa: S108 - as the bootloader says it
ONE_FOLDER = "/opt/ccurve/_internal"
LIBRARIES = "LD_LIBRARY_PATH"


def freeze(monkeypatch: pytest.MonkeyPatch, home: str) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", home, raising=False)


def test_a_checkout_has_neither_folder_nor_outer_process() -> None:
    assert unpacked() is None
    assert outer_process() is None


def test_the_one_file_tells_its_folder_and_who_unpacked_it(monkeypatch: pytest.MonkeyPatch) -> None:
    freeze(monkeypatch, ONE_FILE)
    assert unpacked() == Path(ONE_FILE)
    assert outer_process() == 0x28A1


def test_the_one_folder_is_not_unpacked_by_anybody(monkeypatch: pytest.MonkeyPatch) -> None:
    freeze(monkeypatch, ONE_FOLDER)
    assert unpacked() is None
    assert outer_process() is None


def test_a_checkout_leaves_the_environment_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {LIBRARIES: "/opt/lib", f"{LIBRARIES}_ORIG": "/opt/lib", "_PYI_ARCHIVE_FILE": "/opt/another"}
    monkeypatch.setattr(os, "environ", dict(before))
    restore_environment()
    assert os.environ == before


@pytest.mark.skipif(sys.platform != "linux", reason="the bootloader sets no path of libraries elsewhere")
@pytest.mark.parametrize("home", [ONE_FILE, ONE_FOLDER])
@pytest.mark.parametrize(
    "before",
    [{}, {LIBRARIES: "/opt/lib:/opt/more"}, {f"{LIBRARIES}_ORIG": "/left/by/another/frozen/program"}],
)
def test_what_the_bootloader_put_into_the_environment_is_out_of_it_again(
    home: str, before: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    freeze(monkeypatch, home)
    # What pyi_main.c and pyi_utils_posix.c do.
    inside = {"PATH": "/bin", **before, LIBRARIES: home, "_PYI_ARCHIVE_FILE": "/opt/ccurve"}
    if LIBRARIES in before:
        inside |= {LIBRARIES: f"{home}:{before[LIBRARIES]}", f"{LIBRARIES}_ORIG": before[LIBRARIES]}
    monkeypatch.setattr(os, "environ", inside)
    restore_environment()
    assert os.environ == {"PATH": "/bin", **before}
