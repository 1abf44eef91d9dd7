"""Owns curl commands as browsers copy them: which words of them are the cookie.

How a shell's quoting is undone is `domain.paste_shell`'s.
"""

import re
from typing import Final

from domain.errors import CookieUnreadableError
from domain.paste_shell import bash_commands, cmd_commands

_START: Final = re.compile(r"(?:[$>] ?)?(?:curl(?:\.exe)?|-H|--header|-b|--cookie)[ \r\n^\\]")
_WINDOWS_START: Final = re.compile(r"""[^"']*\"""")
_BASH_CONTINUES: Final = re.compile(r"\\\r?\n")
_COOKIE_HEADER: Final = re.compile(r"\s*cookie\s*:\s*(.*)", re.IGNORECASE | re.DOTALL)
_RELAY_URL: Final = re.compile(r"https?://(?:[^/?#]*\.)?aicodemirror\.com(?:[:/?#]|$)", re.IGNORECASE)
_OPTION: Final = re.compile(r"(-H|-b|--header=|--cookie=)(.+)", re.DOTALL)


def looks_like_curl(text: str) -> bool:
    """Tell whether `text` is a curl command, or a piece of one that begins with the option of a header or cookie."""
    return bool(_START.match(text)) and ("http" in text or " -" in text or text.startswith("-"))


def cookie_of_curl(text: str) -> str:
    """Return the cookie in a command of the bash or the Windows form, be it an option or a header; several are joined.

    Of several commands, as "Copy all as cURL" gives them, the first to the relay counts, else the first with a cookie.
    CookieUnreadableError where there is no cookie, or a quote is left open.
    """
    windows = _WINDOWS_START.match(text) and not _BASH_CONTINUES.search(text)
    commands = cmd_commands(text) if windows else bash_commands(text)
    if commands is None:
        raise CookieUnreadableError("A curl command that is cut off was seen.")
    found = [(words, cookie) for words in commands if (cookie := _cookie(words))]
    for words, cookie in found:
        if any(_RELAY_URL.match(word) for word in words):
            return cookie
    if not found:
        raise CookieUnreadableError("A curl command without a cookie was seen.")
    return found[0][1]


def _cookie(words: list[str]) -> str:
    """Return what a command sends as its cookie, empty where it sends none."""
    values: list[str] = []
    rest = iter(words)
    for word in rest:
        joined = _OPTION.fullmatch(word)
        option = joined[1].rstrip("=") if joined else word
        if option in ("-b", "--cookie"):
            value = joined[2] if joined else next(rest, "")
            # Without a pair in it, curl takes it for the name of a file.
            values.append(value.strip() if "=" in value else "")
        elif option in ("-H", "--header"):
            header = _COOKIE_HEADER.fullmatch(joined[2] if joined else next(rest, ""))
            values.append(header[1].strip() if header else "")
    return "; ".join(dict.fromkeys(value for value in values if value))
