"""Owns the command line and its environment: a flag beats the environment, which beats the default.

What an option leads to is `app`'s.
"""

import argparse
import ipaddress
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import platformdirs
from msgspec import Struct

from domain.errors import StartError
from launch.version import VERSION

_LEVELS: Final = ("debug", "info", "warning", "error")
_SWITCH: Final = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}
_NEWEST: Final = False
"""What `--restore` gives where no file is named; nothing that could be the name of one."""

_OPTION: Final = re.compile(r"--?[a-z]+(-[a-z]+)*", re.IGNORECASE | re.ASCII)
"""What the name of an option looks like. Few keys do."""

_BEFORE_A_KEY: Final = re.compile("--?access-key.", re.IGNORECASE)
"""What a key may follow at once, where the space between was forgotten."""

_LARGEST_PORT: Final = 65_535
_LONGEST_KEY: Final = 1_024
_HOST_NAME: Final = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?\.?", re.IGNORECASE | re.ASCII)


KEY_VARIABLE: Final = "CCURVE_ACCESS_KEY"
"""Where the access key is looked for. Programs that are started from here should not inherit it."""


class Options(Struct, frozen=True):
    """What CCurve was started with. `port` is None where none was asked for, `access_key` where none was given.

    With `check` or `restore` it does just that; `backup` is the file to restore, None for the newest good one.
    """

    host: str
    port: int | None
    data_dir: Path
    upstream: str
    browser: bool
    demo: bool
    allowed_hosts: list[str]
    log_level: str
    access_key: str | None = None
    check: bool = False
    restore: bool = False
    backup: Path | None = None

    def __repr__(self) -> str:
        return "Options()"

    @property
    def is_reachable(self) -> bool:
        """Whether other machines may reach the address to listen on."""
        return not ipaddress.ip_address(self.host).is_loopback


def read_options(arguments: Sequence[str], environment: Mapping[str, str]) -> Options:
    """Return the options.

    Raises SystemExit (2 where one is wrong, 0 after `--help` or `--version`), StartError where one has no default here.
    """

    def told(name: str) -> str | None:
        """Return a variable of the environment; an empty one counts as not set."""
        return environment.get(f"CCURVE_{name}", "").strip() or None

    parser = argparse.ArgumentParser(
        prog="ccurve",
        description="A live curve of the credits that Claude Code costs, in your browser, on this machine.",
        epilog="Each option can stand in the environment instead: CCURVE_HOST, CCURVE_PORT and so on. A flag wins.",
        allow_abbrev=False,
    )
    add = parser.add_argument
    add(
        "--host",
        type=_address,
        default=told("HOST") or "127.0.0.1",
        help="address to listen on, 0.0.0.0 for all of this machine's, :: for those of IPv6 too (127.0.0.1)",
    )
    add("--port", type=_port, default=told("PORT"), help="port to listen on, 0 for a free one (8080, else up to 8099)")
    add(
        "--data-dir",
        type=_directory,
        default=told("DATA_DIR"),
        metavar="DIR",
        help="holds everything that CCurve keeps",
    )
    add(
        "--upstream",
        type=_base_url,
        default=told("UPSTREAM") or "https://www.aicodemirror.com",
        metavar="URL",
        help="base URL of the relay (%(default)s)",
    )
    add("--no-browser", action="store_true", help="do not open the dashboard")
    add("--demo", action="store_true", help="run against a simulated relay and keep nothing")
    add("--allow-host", action="append", type=_host_name, metavar="NAME", help="further host name to answer to")
    add(
        "--access-key",
        type=_key,
        metavar="KEY",
        help="the key that people must give, on any address but loopback one is made where none is given; "
        "better in CCURVE_ACCESS_KEY, for other programs can see what stands here",
    )
    add("--log-level", choices=_LEVELS, default=told("LOG_LEVEL") or "info", help="on standard error (info)")
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--check", action="store_true", help="look at everything in the data directory, and end")
    instead.add_argument(
        "--restore",
        type=_file,
        nargs="?",
        const=_NEWEST,
        metavar="FILE",
        help="bring a backup back, the newest good one where none is named, and end",
    )
    add("--version", action="version", version=f"CCurve {VERSION}")
    given, unknown = parser.parse_known_args(arguments)
    if unknown:
        parser.error(_complaint(unknown))
    try:
        no_browser = given.no_browser or _switch(told("NO_BROWSER"))
        demo = given.demo or _switch(told("DEMO"))
        hosts = given.allow_host or _host_names(told("ALLOW_HOSTS") or "")
        key = given.access_key or _key_told(environment)
    except argparse.ArgumentTypeError as error:
        parser.error(f"in the environment, {error}")
    if given.log_level not in _LEVELS:  # a default is not checked against the choices
        parser.error(f"CCURVE_LOG_LEVEL must be one of {', '.join(_LEVELS)}")
    if demo and (given.check or given.restore is not None):
        parser.error("a demonstration keeps nothing that could be checked or restored")
    return Options(
        host=given.host,
        port=given.port,
        data_dir=given.data_dir or _own_directory(),
        upstream=given.upstream,
        browser=not no_browser,
        demo=demo,
        allowed_hosts=hosts,
        log_level=given.log_level,
        access_key=key,
        check=given.check,
        restore=given.restore is not None,
        backup=given.restore or None,
    )


def _complaint(unknown: Iterable[str]) -> str:
    """Return what is said of arguments that there are not; what may be a value, a key even, is not repeated."""
    names = [argument.partition("=")[0] for argument in unknown]
    names = [name for name in names if _OPTION.fullmatch(name) and not _BEFORE_A_KEY.match(name)]
    return f"there is no option {', '.join(names)}" if names else "there are arguments that belong to no option"


def _address(text: str) -> str:
    if text.lower().rstrip(".") == "localhost":
        return "127.0.0.1"
    try:
        address = ipaddress.ip_address(text.strip("[]"))
    except ValueError as error:
        raise argparse.ArgumentTypeError("an IP address is wanted, such as 127.0.0.1") from error
    return str(address.ipv4_mapped or address if isinstance(address, ipaddress.IPv6Address) else address)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > _LARGEST_PORT:
        raise argparse.ArgumentTypeError(f"a number from 0 to {_LARGEST_PORT} is wanted")
    return int(text)


def _directory(text: str) -> Path:
    if not text.strip():
        raise argparse.ArgumentTypeError("the path of a directory is wanted")
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError as error:
        raise argparse.ArgumentTypeError(f"there is no home directory for {text}") from error
    except FileNotFoundError as error:
        raise argparse.ArgumentTypeError(f"the working directory is gone, and with it {text}") from error


def _file(text: str) -> Path:
    if not text.strip():
        raise argparse.ArgumentTypeError("the path of a backup is wanted")
    return _directory(text)


def _own_directory() -> Path:
    """Return the platform's place for what this person's programs keep. Raises StartError where they have none."""
    try:
        return Path(platformdirs.user_data_dir("ccurve", appauthor=False)).absolute()
    except RuntimeError as error:
        raise StartError("There is no home directory to keep data in. Name another with --data-dir.") from error


def _base_url(text: str) -> str:
    wanted = "a URL such as https://www.aicodemirror.com is wanted, in ASCII, without user, query or fragment"
    try:
        parts = urlsplit(text)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError as error:
        raise argparse.ArgumentTypeError(wanted) from error
    if not usable or parts.username is not None or parts.query or parts.fragment or not _is_plain(text):
        raise argparse.ArgumentTypeError(wanted)
    return text.rstrip("/")


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _host_name(text: str) -> str:
    if not _HOST_NAME.fullmatch(text):
        raise argparse.ArgumentTypeError("an allowed host is a name such as ccurve.home, without scheme and port")
    return text.lower().rstrip(".")


def _key(text: str) -> str:
    key = text.strip()
    if not key or len(key) > _LONGEST_KEY or not key.isprintable():
        # argparse would quote what was given beside a message of its own, but not beside this one.
        raise argparse.ArgumentTypeError(f"an access key is 1 to {_LONGEST_KEY:,} printable characters")
    return key


def _key_told(environment: Mapping[str, str]) -> str | None:
    """Return the key in the environment. An empty one is no way to ask for none: what should be in it is missing."""
    text = environment.get(KEY_VARIABLE)
    if text is None:
        return None
    try:
        return _key(text)
    except argparse.ArgumentTypeError as error:
        raise argparse.ArgumentTypeError(f"{KEY_VARIABLE}: {error}; unset it to give none") from error


def _host_names(text: str) -> list[str]:
    return [_host_name(name.strip()) for name in text.split(",") if name.strip()]


def _switch(text: str | None) -> bool:
    if text is None:
        return False
    value = _SWITCH.get(text.lower())
    if value is None:
        raise argparse.ArgumentTypeError("CCURVE_NO_BROWSER and CCURVE_DEMO are 1 or 0")
    return value
