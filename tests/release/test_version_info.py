import sys

import pytest

if sys.platform != "win32":
    pytest.skip("PyInstaller writes what Windows shows of a file on Windows alone", allow_module_level=True)

from PyInstaller.utils.win32.versioninfo import VSVersionInfo

from release.windows import version_info


def test_windows_shows_the_version_in_numbers_and_in_words() -> None:
    info = version_info("1.2.3")
    assert (info.ffi.fileVersionMS, info.ffi.fileVersionLS) == (1 << 16 | 2, 3 << 16)
    read = VSVersionInfo()
    read.fromRaw(info.toRaw())
    assert read == info
    assert "1.2.3" in str(read)
