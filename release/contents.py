"""Owns what goes into the frozen file besides the program: data, and what is left out of what PyInstaller finds.

PyInstaller follows every import, however unlikely. What is left after this is all loaded at the start
(`launch.bundle`), so that nothing lies inside for nothing.
"""

import encodings
import pkgutil
import sys
from importlib.resources import files
from typing import Final

import msgspec

HIDDEN: Final = ["lmdb._envid", "numbers"]
"""What compiled modules import, where PyInstaller does not see it: lmdb and `_decimal` do."""

# Tools to build, test, debug and document with, which the standard library offers from many places.
_TOOLS: Final = """
    _aix_support _bootsubprocess _distutils_hack bdb cgi cmd code codeop distutils doctest getopt getpass glob lib2to3
    packaging pdb pip pkg_resources pprint py_compile pydoc pydoc_data readline rlcompleter setuptools
    sqlite3 statistics test tkinter tomllib tracemalloc unittest webbrowser xmlrpc
"""

# Ways of doing what is done another way here: pure Python beside compiled modules, archives and formats never read,
# guesses at encodings of texts never decoded, the C++ that compiled frozenlist brings along for a few short lists.
_OTHER_WAYS: Final = """
    _bz2 _ctypes _lzma _pickle _py_abc _pydecimal _threading_local _uuid aiohttp._websocket.mask
    aiohttp._websocket.reader_c aiohttp.worker bz2 cffi chardet charset_normalizer concurrent.futures.process
    configparser ctypes frozenlist._frozenlist ftplib idna.uts46data lmdb.cffi lmdb.tool lzma multidict._multidict_py
    multiprocessing nturl2path plistlib propcache._helpers_py pyexpat tarfile tomli tomli_w tzdata
    urllib3.contrib.emscripten urllib3.contrib.pyopenssl urllib3.http2.connection xml yaml yarl._quoting_py
    zoneinfo._zoneinfo
"""

# The frozen program is in UTF-8 mode (https://docs.python.org/3/library/os.html#python-utf-8-mode).
_ENCODINGS: Final = {
    *("aliases", "ascii", "charmap", "cp437", "idna", "latin_1", "punycode", "raw_unicode_escape", "unicode_escape"),
    *("utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_8", "utf_8_sig"),
    *(("mbcs", "oem") if sys.platform == "win32" else ()),
}
_CODECS: Final = "_codecs_cn _codecs_hk _codecs_iso2022 _codecs_jp _codecs_kr _codecs_tw _multibytecodec"

NOT_PACKAGES: Final = {f"python{sys.version_info.major}.{sys.version_info.minor}", "lib-dynload"}
"""Folders of compiled modules inside that are no packages."""

_OF_ONE_SYSTEM: Final = {
    "win32": "asyncio.proactor_events asyncio.windows_events asyncio.windows_utils launch.windows platformdirs.windows",
    "darwin": "platformdirs.macos",
    "linux": "",
}


def left_out() -> list[str]:
    """Return the modules that the program never uses, though something it uses mentions them."""
    unused = [f"encodings.{module.name}" for module in pkgutil.iter_modules(encodings.__path__)]
    needed = {f"encodings.{name}" for name in _ENCODINGS}
    others = " ".join(names for system, names in _OF_ONE_SYSTEM.items() if system != sys.platform)
    phones = "platformdirs.android platformdirs._android platformdirs.ios"
    # The system is spoken to in its own words on these (`launch.windows`, `launch.memory`).
    with_ctypes = {"ctypes", "_ctypes"} if sys.platform in ("win32", "linux") else set()
    names = f"{_TOOLS} {_OTHER_WAYS} {_CODECS} {others} {phones}".split()
    return sorted({*names, *unused} - needed - with_ctypes)


def zones() -> bytes:
    """Return all time zones, by name, as one file of MessagePack: for systems without any of their own, as Windows is.

    Those with the same content stand together, which halves them when they are compressed.
    """
    folder = files("tzdata").joinpath("zoneinfo")
    names = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    contents = {name: folder.joinpath(name).read_bytes() for name in names}
    return msgspec.msgpack.encode(dict(sorted(contents.items(), key=lambda item: (item[1], item[0]))))
