"""Owns the page's files: read into memory once, since a frozen program's files may be cleaned away under it."""

import hashlib
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


class Asset(Struct, frozen=True):
    """A file of the page: where it is, its bytes, what they are, and a tag that changes with them."""

    path: str
    content: bytes
    content_type: str
    tag: str


def read_assets(directory: Path) -> list[Asset]:
    """Return the files below `directory`, `index.html` as `/`. Raises StartError where there is no page."""
    try:
        files = sorted(path for path in directory.rglob("*") if path.suffix in _TYPES and path.is_file())
        assets = [_asset(directory, path) for path in files]
    except OSError as error:
        raise StartError("The page's files cannot be read. Unpack or check out CCurve again.") from error
    if not any(asset.path == "/" for asset in assets):
        raise StartError("The page's files are missing. Unpack or check out CCurve again.")
    return assets


def routes(assets: list[Asset]) -> list[web.RouteDef]:
    """Return a route for each file."""
    return [_route(asset) for asset in assets]


def _asset(directory: Path, path: Path) -> Asset:
    content = path.read_bytes()
    name = path.relative_to(directory).as_posix()
    return Asset(
        path="/" if name == INDEX else f"/{name}",
        content=content,
        content_type=_TYPES[path.suffix],
        tag=hashlib.sha256(content).hexdigest()[:32],
    )


def _route(asset: Asset) -> web.RouteDef:
    headers = {"Content-Type": asset.content_type, "ETag": f'"{asset.tag}"', "Cache-Control": "no-cache"}

    async def get(request: web.Request) -> web.Response:
        known = request.if_none_match or ()
        if any(tag.value in {asset.tag, "*"} for tag in known):
            return web.Response(status=304, headers={name: headers[name] for name in ("ETag", "Cache-Control")})
        return web.Response(body=asset.content, headers=headers)

    return web.get(asset.path, get)
