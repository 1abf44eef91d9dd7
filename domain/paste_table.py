"""Owns cookies pasted as a table: the lines of a cookies.txt, and rows copied from a browser's storage view.

Which of them count is decided by `domain.paste_pick`.
"""

import re
from typing import Final

from domain.paste_pick import PastedCookie

_LINE_BREAK: Final = re.compile(r"\r\n?|\n")
_FILE_LINE: Final = re.compile(
    r"(?:#HttpOnly_)?(?P<domain>[^\s#=;]+)[ \t]+(?:TRUE|FALSE)[ \t]+(?P<path>/\S*)[ \t]+(?:TRUE|FALSE)[ \t]+-?[0-9.]+"
    r"(?:\t(?P<name>[^\t]+)(?:\t(?P<value>.*))?| +(?P<bare_name>\S+)(?: +(?P<bare_value>.*))?)",
    re.IGNORECASE,
)
_TITLES: Final = {
    "name": ("name", "名称", "名稱"),
    "value": ("value", "值"),
    "domain": ("domain", "域", "域名", "\u7db2域"),
    "path": ("path", "路径", "路徑"),
}
_USUAL_COLUMNS: Final = {"name": 0, "value": 1, "domain": 2, "path": 3}


def cookies_of_file(text: str) -> list[PastedCookie]:
    """Return the cookies of a cookies.txt, empty where `text` is none.

    Comments are passed over, but for `#HttpOnly_`, which begins the line of a cookie. Tabs that became spaces on the
    way are taken as well.
    """
    found = (_FILE_LINE.fullmatch(line.strip("\r\n ")) for line in _LINE_BREAK.split(text))
    return [
        PastedCookie(
            line["name"] or line["bare_name"], line["value"] or line["bare_value"] or "", line["domain"], line["path"]
        )
        for line in found
        if line
    ]


def cookies_of_rows(text: str) -> list[PastedCookie]:
    """Return the cookies of tab separated rows: name, value, domain, path, and what else there may be.

    A row of titles says in which columns these stand, where it was copied along. Empty where `text` is no such table:
    each row has at least two columns, and a name has neither `=` nor `;` in it.
    """
    rows = [line.split("\t") for line in _LINE_BREAK.split(text) if line.strip()]
    if any(len(row) < 2 for row in rows):  # noqa: PLR2004 - a name and a value
        return []
    columns = _columns(rows[0])
    if columns:
        rows = rows[1:]
    else:
        columns = _USUAL_COLUMNS
    cookies = [
        PastedCookie(**{field: row[column] if column < len(row) else "" for field, column in columns.items()})
        for row in rows
    ]
    return [] if any("=" in cookie.name or ";" in cookie.name for cookie in cookies) else cookies


def _columns(row: list[str]) -> dict[str, int] | None:
    """Return where each field stands according to a row of titles, None where the row is not one."""
    titles = [title.strip().lower() for title in row]
    columns = {field: titles.index(word) for field, words in _TITLES.items() for word in words if word in titles}
    return columns if "name" in columns and "value" in columns else None
