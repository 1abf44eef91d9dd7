"""Owns the bodies of requests: JSON into a struct, strictly, and what is wrong with it in our own words.

Nothing that was sent is quoted but the name of a field, where it looks like one.
"""

import re
from collections.abc import Iterator
from typing import Any, Final, TypeVar

import msgspec
from aiohttp import web

from domain.errors import InvalidValueError
from web.errors import MalformedJsonError

T = TypeVar("T", bound=msgspec.Struct)

# How msgspec's messages begin and end; what may be foreign text stands between.
_AT: Final = re.compile(r" - at `\$\.([A-Za-z]+)[^`]*`$")
_MISSING: Final = re.compile(r"Object missing required field `([A-Za-z]+)`")
_UNKNOWN: Final = re.compile(r"Object contains unknown field `(?:([A-Za-z][A-Za-z0-9_-]{0,39})`)?")


def _number(text: str) -> int | float:
    """Return a number that is written with a point or an exponent: 60.0 is as whole as 60, says JSON Schema."""
    number = float(text)
    return int(number) if number.is_integer() else number


_DECODER: Final = msgspec.json.Decoder(float_hook=_number)


async def body(request: web.Request, kind: type[T]) -> T:
    """Return the request's body as a `kind`. Raises MalformedJsonError or InvalidValueError."""
    try:
        return msgspec.convert(_DECODER.decode(await request.read()), kind)
    except msgspec.ValidationError as error:
        raise _explained(str(error), kind) from None  # its text may quote a value
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise MalformedJsonError from None


def _explained(message: str, kind: type[msgspec.Struct]) -> InvalidValueError:
    """Return the error that says what msgspec's message says, without its words."""
    fields = dict(_described(kind))
    if missing := _MISSING.match(message):
        return InvalidValueError(missing[1], f"{missing[1]} is missing. It is {fields[missing[1]]}.")
    if unknown := _UNKNOWN.match(message):
        return InvalidValueError(unknown[1] or "", f"There is no such field here, only {', '.join(fields)}.")
    if at := _AT.search(message):
        return InvalidValueError(at[1], f"{at[1]} is {fields[at[1]]}.")
    return InvalidValueError("", f"The body is not an object. Send one with any of {', '.join(fields)}.")


def _described(kind: type[msgspec.Struct]) -> Iterator[tuple[str, str]]:
    info = msgspec.inspect.type_info(kind)
    if isinstance(info, msgspec.inspect.StructType):
        for field in info.fields:
            yield field.encode_name, _description(field.type)


def _description(kind: Any) -> str:  # noqa: ANN401 - msgspec.inspect has no common class with these attributes
    """Return what values a type takes, as it follows after "is"."""
    match kind:
        case msgspec.inspect.IntType(ge=least, le=most):
            words = f"a whole number from {least:,} to {most:,}"
        case msgspec.inspect.LiteralType(values=values):
            words = f"one of {', '.join(str(value) for value in values)}"
        case msgspec.inspect.BoolType():
            words = "true or false"
        case msgspec.inspect.StrType(max_length=most):
            words = "a text" if most is None else f"a text of at most {most:,} characters"
        case msgspec.inspect.ListType(item_type=item, max_length=most):
            words = f"a list of at most {most:,}, each {_description(item)}"
        case msgspec.inspect.UnionType(types=types):
            words = " or ".join(_description(one) for one in types)
        case _:
            words = "null"
    return words
