"""Owns what Windows shows of the program's file: https://learn.microsoft.com/en-us/windows/win32/menurc/versioninfo-resource."""

from typing import Final

from PyInstaller.utils.win32.versioninfo import (
    FixedFileInfo,
    StringFileInfo,
    StringStruct,
    StringTable,
    VarFileInfo,
    VarStruct,
    VSVersionInfo,
)

_ENGLISH: Final = 0x0409
_UNICODE: Final = 1200


def version_info(version: str) -> VSVersionInfo:
    """Return the resource for a version such as `0.1.0`."""
    numbers = (*(int(part) for part in version.split(".")), 0)
    words = {
        "FileDescription": "CCurve: a live curve of what Claude Code costs",
        "FileVersion": version,
        "InternalName": "ccurve",
        "LegalCopyright": "MIT licence",
        "OriginalFilename": "ccurve.exe",
        "ProductName": "CCurve",
        "ProductVersion": version,
    }
    table = StringTable(f"{_ENGLISH:04x}{_UNICODE:04x}", [StringStruct(name, value) for name, value in words.items()])
    return VSVersionInfo(
        FixedFileInfo(filevers=numbers, prodvers=numbers),
        [StringFileInfo([table]), VarFileInfo([VarStruct("Translation", [_ENGLISH, _UNICODE])])],
    )
