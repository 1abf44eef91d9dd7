"""Owns what inputs are made of: JSON with everything in it that JSON should not have, odd text, bytes a little off.

How they are thrown is `inputs`', what they must not do is said where they are thrown.
"""

import json
from typing import Final

from hypothesis import strategies as st

NUMBERS: Final = (
    *("0", "-0", "-0.0", "9", "0.5", "12.345678", "0.0000005", "1e0", "1E+2", "100000000", "100000001", "1e8", "1e9"),
    *("1e400", "1E-400", "1e999999999999999999", "-1e999999999999999999", "1e-999999999999999999", "-1", "-0.000001"),
    *("9007199254740991", "9007199254740992", "9223372036854775808", "18446744073709551616", "9" * 39, "9" * 41),
    *("9" * 5_000, f"0.{'3' * 5_000}", "NaN", "Infinity", "-Infinity"),
)
"""As they are written; the last three are no JSON, but some write them."""

TEXTS: Final = (
    *("", "0", "1_000", " 12 ", "٣", "\u00bd", "NaN", "sNaN", "1e5", "0x10", "true", "null", "many", "\ufeff", "\x00"),
    *(
        "\x00\x1f\x7f",
        "\u2028",
        "\ud800",
        "\udfff\ud83d",
        "\U0001f98a",
        "a\r\nb: c",
        "'; --",
        "<b>",
        "%00%0d%0a",
        "../..",
    ),
    *("__proto__", "=1+1", "a" * 201, "\u0301" * 300, "\u202e", "ﷺ" * 50),
)


def object_text(pairs: list[tuple[str, str]]) -> str:
    """Return the text of an object, names as JSON; one may come twice."""
    return "{" + ",".join(f"{name}:{value}" for name, value in pairs) + "}"


_ENDS_OF_TEXTS: Final = str.maketrans("", "", '"\\\\')
"""What cannot stand in a JSON text as it is; the other characters do, control characters too, which they should not."""

_DEEP: Final = (
    "[" * 40 + "]" * 40,
    "[" * 5_000 + "]" * 5_000,
    '{"]":' * 40 + "1" + "}" * 40,
    '[{"":' * 900 + "1" + "}]" * 900,
)

_numbers: Final = st.one_of(
    st.sampled_from(NUMBERS),
    st.integers(-(10**25), 10**25).map(str),
    st.decimals(allow_nan=False, allow_infinity=False).map(str).filter(lambda text: "sNaN" not in text),
)

texts: Final = st.one_of(
    st.sampled_from(TEXTS),
    st.text(max_size=20),
    st.text(st.characters(categories=["Cs", "Cc", "Cf", "Zs", "Nd"]), max_size=8),
)

json_texts: Final = st.recursive(
    st.one_of(
        st.sampled_from(["null", "true", "false", "[]", "{}", '""']),
        _numbers,
        texts.map(json.dumps),
        texts.map(lambda text: json.dumps(text, ensure_ascii=False)),
        texts.map(lambda text: f'"{text.translate(_ENDS_OF_TEXTS)}"'),
        st.sampled_from(_DEEP),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{','.join(items)}]"),
        st.lists(st.tuples(texts.map(json.dumps), inner), max_size=3).map(object_text),
    ),
    max_leaves=5,
)
"""Values as JSON text, most of them sound."""

_DEPTH: Final = 100_000
_SPLINTERS: Final = (
    *(
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\x00",
        b"\xc3",
        b"\xed\xa0\x80",
        b"\xf5\x80\x80\x80",
        b"\\ud800",
        b"\\u12",
        b"\r\n",
    ),
    *(
        b"\t",
        b'"',
        b"'",
        b"\\",
        b",",
        b":",
        b";",
        b"=",
        b"[",
        b"]",
        b"{",
        b"}",
        b"-",
        b".",
        b"e9",
        b"%",
        b"&",
        b"#",
        b" ",
    ),
    *(b"null", b"NaN", b"1" * 400, b" " * 300, b"\x1b[2J", b"a" * 2_000, b"[" * _DEPTH, b'{"a":' * 5_000),
)


def to_bytes(text: str) -> bytes:
    """Return text as UTF-8, lone halves of surrogate pairs as the three bytes that they would have."""
    return text.encode("utf-8", "surrogatepass")


@st.composite
def a_little_off(draw: st.DrawFn, sound: st.SearchStrategy[bytes]) -> bytes:
    """Draw something sound and cut it, double a part of it, or drive splinters into it, a few times."""
    data = draw(sound)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(data)))
        end = min(len(data), at + draw(st.sampled_from([0, 0, 0, 1, 2, 7, 60])))
        match draw(st.sampled_from(["splinter", "byte", "cut", "double"])):
            case "splinter":
                data = data[:at] + draw(st.sampled_from(_SPLINTERS)) + data[end:]
            case "byte":
                data = data[:at] + draw(st.binary(min_size=1, max_size=4)) + data[end:]
            case "cut":
                data = data[:at] + (data[end:] if end > at else b"")
            case _:
                data = data[:end] + data[at:end] * 2 + data[end:]
    return data
