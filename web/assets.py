"""Owns the page's files: read into memory once, since a frozen program's files may be cleaned away under it.

A file lies there either as it is, and browsers ask each time whether it has changed, or compressed by the build, and
they keep it: such a file's name has a hash of what is in it.
"""

import hashlib
import re
import zlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from aiohttp import web
from msgspec import Struct

from domain.errors import StartError

INDEX: Final = "index.html"

# The system's own table says text/plain for scripts on some a Windows, and no browser runs those.
_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
    ".txt": "text/plain; charset=utf-8",
}

_BROTLI: Final = "br"
_GZIP: Final = "gzip"
_IDENTITY: Final = "identity"

_SUFFIXES: Final = {_BROTLI: ".br", _GZIP: ".gz"}
"""By content coding, best first; a compressed file lies there in all of them."""

_KEPT: Final = {"Cache-Control": "max-age=31536000, immutable", "Vary": "Accept-Encoding"}

_WEIGHTED: Final = re.compile(r"([!#-'*+.^_`|~0-9a-z-]+)(?:[ \t]*;[ \t]*q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?))?")
_LEAST_WEIGHT: Final = 0.0001
"""Of an identity that is not named: acceptable, and less so than anything that is."""


class Asset(Struct, frozen=True):
    """A file of the page: where it is, what it is, and its bytes by content coding, best first.

    `tag` changes with the bytes. It is None for a file that was compressed: no other bytes ever get its name.
    """

    path: str
    content_type: str
    forms: dict[str, bytes]
    tag: str | None


def read_assets(directory: Path) -> list[Asset]:
    """Return the files below `directory`, `index.html` as `/`. Raises StartError where there is no page."""
    try:
        files = [path for path in directory.rglob("*") if path.is_file()]
        plain = {path for path in files if path.suffix in _TYPES}
        packed = {path.with_suffix("") for path in files if path.suffix in _SUFFIXES.values()} - plain
        assets = [_plain(directory, path) for path in sorted(plain)]
        assets += [_packed(directory, path) for path in sorted(packed) if path.suffix in _TYPES]
    except OSError as error:
        raise StartError("The page's files cannot be read. Unpack or check out CCurve again.") from error
    if not any(asset.path == "/" for asset in assets):
        raise StartError("The page's files are missing. Unpack or check out CCurve again.")
    return assets


def routes(assets: list[Asset]) -> list[web.RouteDef]:
    """Return a route for each file."""
    return [_checked(asset, asset.tag) if asset.tag is not None else _kept(asset) for asset in assets]


def accepted(fields: Iterable[str], codings: Iterable[str]) -> str | None:
    """Return which of `codings`, best first, or else `identity`, the values of Accept-Encoding ask for most.

    None where they refuse all of them. This is RFC 9110, 12.5.3. Where nothing is said it would allow any coding; it is
    `identity` then, for programs that say nothing can seldom decode anything.
    """
    matches = (_WEIGHTED.fullmatch(element.strip(" \t")) for element in ",".join(fields).lower().split(","))
    weights = {match[1]: float(match[2] or 1) for match in matches if match}
    others = weights.get("*")

    def weight(coding: str) -> float:
        unnamed = others if others is not None else _LEAST_WEIGHT if coding == _IDENTITY else 0
        return weights.get(coding, unnamed)

    best = max((*codings, _IDENTITY), key=weight)
    return best if weight(best) else None


def _plain(directory: Path, path: Path) -> Asset:
    content = path.read_bytes()
    name = path.relative_to(directory).as_posix()
    return Asset(
        path="/" if name == INDEX else f"/{name}",
        content_type=_TYPES[path.suffix],
        forms={_IDENTITY: content},
        tag=hashlib.sha256(content).hexdigest()[:32],
    )


def _packed(directory: Path, path: Path) -> Asset:
    return Asset(
        path=f"/{path.relative_to(directory).as_posix()}",
        content_type=_TYPES[path.suffix],
        forms={coding: path.with_name(path.name + suffix).read_bytes() for coding, suffix in _SUFFIXES.items()},
        tag=None,
    )


def _checked(asset: Asset, own_tag: str) -> web.RouteDef:
    headers = {"Content-Type": asset.content_type, "ETag": f'"{own_tag}"', "Cache-Control": "no-cache"}

    async def get(request: web.Request) -> web.Response:
        known = request.if_none_match or ()
        if any(tag.value in {own_tag, "*"} for tag in known):
            return web.Response(status=304, headers={name: headers[name] for name in ("ETag", "Cache-Control")})
        return web.Response(body=asset.forms[_IDENTITY], headers=headers)

    return web.get(asset.path, get)


def _kept(asset: Asset) -> web.RouteDef:
    headers = {"Content-Type": asset.content_type, **_KEPT}

    @cache
    def unpacked() -> bytes:
        return zlib.decompress(asset.forms[_GZIP], wbits=zlib.MAX_WBITS | 16)

    async def get(request: web.Request) -> web.Response:
        coding = accepted(request.headers.getall("Accept-Encoding", []), asset.forms)
        if coding is None:
            raise web.HTTPNotAcceptable
        if coding == _IDENTITY:
            return web.Response(body=unpacked(), headers=headers)
        return web.Response(body=asset.forms[coding], headers={**headers, "Content-Encoding": coding})

    return web.get(asset.path, get)
