"""Owns the quoting of shells: commands as text back to the words that were meant.

Which of the words matter is `domain.paste_curl`'s.
"""

import re
from collections.abc import Callable
from typing import Final

_BASH: Final = re.compile(
    r"""(?P<gap>[^\S\r\n]+)
    |   (?P<joint>\\(?:\r?\n|\Z))
    |   (?P<end>[\r\n;&|]+)
    |   \$'(?P<ansi>[^'\\]*(?:\\.[^'\\]*)*)'
    |   '(?P<plain>[^']*)'
    |   \$?"(?P<double>[^"\\]*(?:\\.[^"\\]*)*)"
    |   \\(?P<escaped>.)
    |   (?P<bare>[^\s'"\\;&|$]+|\$(?!['"]))
    """,
    re.DOTALL | re.VERBOSE,
)
_BASH_DOUBLE_ESCAPE: Final = re.compile(r"\\(?:([$`\"\\])|\r?\n)")
_ANSI_ESCAPE: Final = re.compile(
    r"\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|([0-7]{1,3})|c(.)|(.))", re.DOTALL
)
_ANSI_CONTROLS: Final = "abeEfnrtv"

_CARET: Final = re.compile(r"\^\r?\n|\^([^A-Za-z0-9_])|(?<=%)\^(?=[A-Za-z0-9_])")
_CMD: Final = re.compile(
    r"""(?P<gap>[^\S\r\n]+)
    |   (?P<end>[\r\n&|]+)
    |   "(?P<double>[^"\\]*(?:(?:\\.|"")[^"\\]*)*)"
    |   '(?P<plain>[^']*)'
    |   (?P<bare>\\["\\]|[^\s"&|'\\]+|['\\])
    """,
    re.DOTALL | re.VERBOSE,
)
_CMD_ESCAPE: Final = re.compile(r"""\\(["\\])|"(")""")


def bash_commands(text: str) -> list[list[str]] | None:
    r"""Return the words of each command in `text`, as bash would read them; None where a quote is left open.

    Escapes such as `\n` that stand for a control character are dropped: none of them may reach a header.
    """
    return _commands(text, _BASH, _bash_word)


def cmd_commands(text: str) -> list[list[str]] | None:
    r"""Return the words of each command in `text`, as browsers write them for Windows; None where a quote is left open.

    Undone are both manners of Chrome and Firefox: the one that puts `^` before what cmd.exe might take for itself and
    `\` before a quote, whether the quotes round it have their `^` or (in older releases) not, and the oldest, which
    doubles a quote and puts `%` outside the quotes. Backslashes are taken as doubled, for so they are written, though
    Windows itself would not halve them all.
    """
    return _commands(_CARET.sub(lambda found: found[1] or "", text), _CMD, _cmd_word)


def _commands(text: str, words: re.Pattern[str], read: Callable[[re.Match[str]], str]) -> list[list[str]] | None:
    commands: list[list[str]] = [[]]
    word: list[str] = []
    at = 0
    while at < len(text):
        piece = words.match(text, at)
        if piece is None:
            return None
        at = piece.end()
        if piece.lastgroup == "joint":
            continue
        if piece.lastgroup not in ("gap", "end"):
            word.append(read(piece))
            continue
        commands[-1].extend(["".join(word)] if word else [])
        word = []
        if piece.lastgroup == "end":
            commands.append([])
    commands[-1].extend(["".join(word)] if word else [])
    return commands


def _bash_word(piece: re.Match[str]) -> str:
    kind, text = piece.lastgroup, piece[piece.lastgroup or 0]
    if kind == "ansi":
        return _ANSI_ESCAPE.sub(_ansi_character, text)
    if kind == "double":
        return _BASH_DOUBLE_ESCAPE.sub(lambda found: found[1] or "", text)
    return text


def _ansi_character(found: re.Match[str]) -> str:
    byte, short, long, octal, control, other = found.groups()
    if octal:
        return chr(int(octal, 8) & 0xFF)
    if control or (other and other in _ANSI_CONTROLS):
        return ""
    if other:
        return other if other in "\\'\"?" else f"\\{other}"
    code = int(byte or short or long, 16)
    return chr(code) if code <= 0x10FFFF else ""  # noqa: PLR2004 - the last character there is


def _cmd_word(piece: re.Match[str]) -> str:
    text = piece[piece.lastgroup or 0]
    return text if piece.lastgroup == "plain" else _CMD_ESCAPE.sub(lambda found: found[1] or found[2], text)
