import sys

import pytest


@pytest.mark.skipif(sys.platform != "win32", reason="PyInstaller writes what Windows shows of a file there alone")
def test_windows_shows_the_version_in_numbers_and_in_words() -> None:
    from PyInstaller.utils.win32.versioninfo import VSVersionInfo  # noqa: PLC0415 - nowhere else

    from release.windows import version_info  # noqa: PLC0415 - nowhere else

    info = version_info("1.2.3")
    assert (info.ffi.fileVersionMS, info.ffi.fileVersionLS) == (1 << 16 | 2, 3 << 16)
    read = VSVersionInfo()
    read.fromRaw(info.toRaw())
    assert read == info
    assert "1.2.3" in str(read)
