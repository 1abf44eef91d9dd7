"""Owns the pictures of the page: `python -m tests.browser.screenshots OUTDIR` takes one of every state.

Each state is shown in both themes and both languages on a common screen, and once on a telephone; some on other screens
too. A name says what is shown: state, theme, language, width.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from playwright.async_api import Browser

from tests.browser.chromium import installed, launched
from tests.browser.dashboard import Dashboard, visiting
from tests.browser.stage import Stage, staged
from tests.browser.states import STATES, State

_HEIGHTS: Final = {360: 780, 768: 1024, 1280: 800, 2560: 1440}
_EVERYWHERE: Final = ("first-visit", "busy-hour", "30-days", "settings", "cookie-dialog", "access-dialog")


class View(NamedTuple):
    """How a state is looked at."""

    theme: str
    locale: str
    width: int


def views(state: State) -> Iterator[View]:
    """Yield each view of a state that is worth a picture."""
    for theme in ("light", "dark"):
        for locale in ("zh-CN", "en"):
            yield View(theme, locale, 1280)
    # Which theme and language go to the telephone takes turns.
    turn = STATES.index(state)
    yield View(("light", "dark")[turn % 2], ("zh-CN", "en")[turn // 2 % 2], 360)
    if state.name in _EVERYWHERE:
        for width in (768, 2560):
            yield View("light", "zh-CN", width)
            yield View("dark", "en", width)


async def picture(browser: Browser, stage: Stage, state: State, view: View, path: Path) -> None:
    """Take one picture."""
    if not stage.program.alive:
        await stage.start(demo=state.demo)
    await stage.configure(theme=view.theme, locale=view.locale)
    options = {
        "viewport": {"width": view.width, "height": _HEIGHTS[view.width]},
        "locale": view.locale,
        "color_scheme": view.theme,
        "reduced_motion": "reduce",
    }
    async with visiting(browser, stage, **options) as visitor:
        dashboard = await visitor.open()
        await state.show(stage, dashboard)
        await _settle(dashboard)
        # What floats above the page has its place on the screen; the rest is as long as it is.
        await dashboard.page.screenshot(path=path, full_page=not state.floats, animations="disabled")


async def _settle(dashboard: Dashboard) -> None:
    """Wait until fonts are there, what runs has run, and a frame has been drawn after."""
    script = """async () => {
        await document.fonts.ready;
        const ends = (one) => Number.isFinite(one.effect.getComputedTiming().endTime);
        await Promise.all(document.getAnimations().filter(ends).map((one) => one.finished.catch(() => {})));
        for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    }"""
    await dashboard.page.evaluate(script)


async def take(directory: Path, wanted: list[str], widths: list[int]) -> int:
    """Take the pictures of the states that are wanted, all without any; return how many there are."""
    executable = installed()
    if executable is None:
        raise SystemExit("No Chromium is installed, nor a browser made of it.")
    directory.mkdir(parents=True, exist_ok=True)
    taken = 0
    async with launched(executable) as browser:
        for state in STATES:
            if wanted and state.name not in wanted:
                continue
            with tempfile.TemporaryDirectory() as data_dir:
                async with staged(Path(data_dir) / "data", demo=state.demo, key=state.key) as stage:
                    await state.arrange(stage)
                    for view in views(state):
                        if view.width in widths:
                            name = f"{state.name}--{view.theme}--{view.locale}--{view.width}.png"
                            await picture(browser, stage, state, view, directory / name)
                            taken += 1
    return taken


def main() -> None:
    """Take what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.screenshots", description=__doc__)
    parser.add_argument("directory", type=Path, metavar="OUTDIR")
    parser.add_argument("--state", action="append", choices=[state.name for state in STATES], help="repeatable")
    parser.add_argument("--width", action="append", type=int, choices=sorted(_HEIGHTS), help="repeatable")
    given = parser.parse_args()
    taken = asyncio.run(take(given.directory, given.state or [], given.width or list(_HEIGHTS)))
    print(f"{taken} pictures in {given.directory}")  # noqa: T201 - what whoever started it waits for


if __name__ == "__main__":
    main()
