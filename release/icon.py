"""Owns the icon of the file on Windows: `python -m release.icon` draws it anew from the page's, in Chromium.

Its form: https://learn.microsoft.com/en-us/previous-versions/ms997538(v=msdn.10)
Since Windows Vista a picture in it may be a PNG.
"""

import asyncio
import struct
from typing import Final

from release import ROOT
from tests.browser.chromium import installed, launched

PICTURE: Final = ROOT / "frontend" / "public" / "favicon.svg"
ICON: Final = ROOT / "release" / "ccurve.ico"
SIZES: Final = (16, 24, 32, 48, 64, 128, 256)
_HEADER: Final = struct.Struct("<HHH")
_ENTRY: Final = struct.Struct("<BBBBHHII")


async def draw() -> None:
    """Write the icon, in every size that Windows shows."""
    executable = installed()
    if executable is None:
        raise SystemExit("Chromium draws the icon, and there is none.")
    picture = PICTURE.read_text(encoding="utf-8")
    drawn: list[tuple[int, bytes]] = []
    async with launched(executable) as browser:
        for size in SIZES:
            page = await browser.new_page(viewport={"width": size, "height": size})
            style = "<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>"
            await page.set_content(style + picture)
            drawn.append((size, await page.screenshot(omit_background=True)))
    ICON.write_bytes(icon(drawn))


def icon(pictures: list[tuple[int, bytes]]) -> bytes:
    """Return the icon of PNG pictures, each with its size in pixels."""
    kind = 1
    head, body = _HEADER.pack(0, kind, len(pictures)), b""
    offset = _HEADER.size + _ENTRY.size * len(pictures)
    for size, picture in pictures:
        stated = size % 256  # 0 stands for 256
        head += _ENTRY.pack(stated, stated, 0, 0, 1, 32, len(picture), offset + len(body))
        body += picture
    return head + body


if __name__ == "__main__":
    asyncio.run(draw())
