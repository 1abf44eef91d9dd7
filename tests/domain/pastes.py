"""Owns cookies as strategies, and how browsers and extensions write them down."""

import json
import re
import string
from collections.abc import Callable
from typing import Final

from hypothesis import strategies as st

Pairs = list[tuple[str, str]]

PRINTABLE: Final = "".join(map(chr, range(0x20, 0x7F)))
NAME_CHARACTERS: Final = string.ascii_letters + string.digits + "!#$%&'*+-.^_`|~"

names: Final = st.text(NAME_CHARACTERS, min_size=1, max_size=12)
values: Final = st.text(PRINTABLE.replace(";", ""), max_size=30).map(str.strip)
pairs: Final = st.lists(st.tuples(names, values), min_size=1, max_size=6, unique_by=lambda pair: pair[0])


@st.composite
def header_values(draw: st.DrawFn) -> str:
    """Draw a header value with odd spacing between its pairs, and none at its ends."""
    text = ""
    for name, value in draw(pairs):
        gap = draw(st.sampled_from(["; ", ";", ";  ", " ; "])) if text else ""
        text += f"{gap}{name}={value}"
    return text + draw(st.sampled_from(["", ";"]))


def joined(cookie: Pairs) -> str:
    """Return the header value that a browser would send."""
    return "; ".join(f"{name}={value}" for name, value in cookie)


def bash_chrome(text: str) -> str:
    """Quote as Chrome does for bash."""
    if not re.search(r"[\0-\x1f\x7f-\x9f!]|'", text):
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return "$'" + re.sub(r"[\0-\x1f\x7f-\x9f!]", lambda found: f"\\u{ord(found[0]):04x}", escaped) + "'"


def bash_ansi_bytes(text: str) -> str:
    """Quote as older browsers do for bash: everything odd by its number."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return "$'" + re.sub(r"[^a-zA-Z0-9\\' ]", lambda found: f"\\x{ord(found[0]):02x}", escaped) + "'"


def bash_broken_quotes(text: str) -> str:
    """Quote as people and scripts do for bash."""
    return "'" + text.replace("'", "'\\''") + "'"


def _carets(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    escaped = re.sub(r"[^a-zA-Z0-9\s_\-:=+~'/.',?;()*`]", lambda found: f"^{found[0]}", escaped)
    return re.sub(r"%(?=[a-zA-Z0-9_])", "%^", escaped)


def cmd_new(text: str) -> str:
    """Quote as Chrome and Firefox do for Windows."""
    return f'^"{_carets(text)}^"'


def cmd_middle(text: str) -> str:
    """Quote as Chrome did for Windows for some years: carets within bare quotes."""
    return f'"{_carets(text)}"'


def cmd_oldest(text: str) -> str:
    """Quote as browsers did for Windows at first."""
    return '"' + text.replace('"', '""').replace("%", '"%"').replace("\\", "\\\\") + '"'


URL: Final = "https://www.aicodemirror.com/api/user/usage?page=1&size=20"
OPTIONS: Final = {"-H", "--header", "-b", "--cookie", "--compressed"}
AGENT: Final = 'user-agent: Mozilla/5.0 (X; Y) It\'s="it"; 100%25'


def curl(quote: Callable[[str], str], gap: str, *cookie_words: str) -> str:
    """Return a command with these words (options as they are, the rest to be quoted) amid others."""
    words = ["-H", AGENT, *cookie_words, "-H", "referer: https://www.aicodemirror.com/?a=b", "--compressed"]
    text = f"curl {quote(URL)}"
    for word in words:
        text += f"{gap}{word}" if word in OPTIONS else f" {quote(word)}"
    return text


def extension_json(cookie: Pairs) -> str:
    """Write what cookie extensions export."""
    listed = [
        {"domain": ".aicodemirror.com", "hostOnly": False, "httpOnly": True, "name": name, "path": "/", "value": value}
        for name, value in cookie
    ]
    return json.dumps(listed, indent=4)


def cookies_txt(cookie: Pairs) -> str:
    """Write a cookies.txt."""
    lines = [
        f"{'#HttpOnly_' if index % 2 else ''}.aicodemirror.com\tTRUE\t/\tTRUE\t1790000000\t{name}\t{value}\n"
        for index, (name, value) in enumerate(cookie)
    ]
    return "# Netscape HTTP Cookie File\n# made by a program\n\n" + "".join(lines)


def storage_rows(cookie: Pairs) -> str:
    """Write the rows of a browser's storage table."""
    return "\n".join(
        f"{name}\t{value}\twww.aicodemirror.com\t/\t2027-09-24T13:22:59.270Z\t99\t✓\t✓\tLax\t\tMedium"
        for name, value in cookie
    )
