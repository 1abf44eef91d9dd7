"""What holds in every state that people meet the page in: it can be used by everybody, is whole in both languages, and
fits every screen.
"""

import re
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from importlib.resources import files
from itertools import product
from typing import Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser.dashboard import Dashboard, visiting
from tests.browser.stage import Stage, staged
from tests.browser.states import STATES, State

AXE: Final = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN: Final = """async (tags) => {
    const found = await axe.run({ runOnly: tags, resultTypes: ["violations"] });
    const why = ({ any, all, none }) => [...any, ...all, ...none].map(({ message }) => message).join(", ");
    const where = (node) => `${node.target.join(" ")} (${why(node)})`;
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(where).join("; ")}`);
}"""

WIDTHS: Final = (360, 390, 640, 768, 1024, 1280, 1920, 2560)

# What is written alike in both languages: names, and what people type.
ALIKE: Final = re.compile(
    r"claude-[\w.-]+|[\w-]*(?:opus|sonnet|haiku)[\w-]*|CCurve|Chrome|Edge|Firefox|Safari|CSV|JSON|cURL|Cookies?|English"
    r"|API|Esc|Enter|Shift|Ctrl|Tab|Home|End|session|UTC|MIT|Windows|macOS|Linux|POSIX|bash|cmd|HTTP|\bmin\b|usage"
    r"|Mac|Network|fetch|chart|document|--[a-z-]+|make demo|ccurve|[\w~%.-]*[/\\][\w/.%\\ -]+|www\.aicodemirror\.com"
)
WORDS: Final = """() => {
    const shown = (element) => element.checkVisibility({ visibilityProperty: true });
    const said = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const unread = "script, style, option, code, kbd, [aria-live]:not([aria-live='off'])"; // said before
    while (walk.nextNode()) {
        const text = walk.currentNode;
        if (shown(text.parentElement) && !text.parentElement.closest(unread)) said.push(text.data);
    }
    for (const element of document.body.querySelectorAll("[aria-label], [title], [placeholder]"))
        for (const name of ["aria-label", "title", "placeholder"])
            if (element.hasAttribute(name)) said.push(element.getAttribute(name));
    return said;
}"""


@dataclass
class Shown:
    """A state on show."""

    state: State
    stage: Stage
    dashboard: Dashboard
    _look: tuple[str, str] | None = None

    async def look(self, theme: str, locale: str) -> None:
        """Show it in this theme and this language."""
        if self._look == (theme, locale):
            return
        self._look = theme, locale
        if not self.stage.program.alive:
            await self.stage.start()
            if self.state.key is None:
                await self.dashboard.live()
        if self.state.key is not None:
            await self.dashboard.page.reload()  # out of the settings, and of any wait
            await self.dashboard.come_in(self.state.key)
        await self.stage.configure(theme=theme, locale=locale)
        await self.dashboard.is_in(theme)
        await expect(self.dashboard.page.locator("html")).to_have_attribute("lang", locale)
        if self.state.passes:
            await self.state.show(self.stage, self.dashboard)


@pytest_asyncio.fixture(scope="module", loop_scope="session", params=STATES, ids=lambda state: state.name)
async def shown(
    browser: Browser, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Shown]:
    """Show each state once, for all that holds in it."""
    state: State = request.param
    async with staged(tmp_path_factory.mktemp("state") / "data", demo=state.demo, key=state.key) as stage:
        await state.arrange(stage)
        async with visiting(browser, stage, reduced_motion="reduce") as visitor:
            if state.gone:
                visitor.watch.expect_silence()
            if state.key is not None:
                visitor.watch.expect_status(429)
            dashboard = await visitor.open()
            if not state.passes:  # that is shown look by look
                await state.show(stage, dashboard)
            yield Shown(state, stage, dashboard)
        assert not visitor.watch.complaints()


async def test_axe_finds_nothing_in_any_theme_and_language(shown: Shown) -> None:
    page = shown.dashboard.page
    found: dict[str, Iterable[str]] = {}
    for theme, locale in product(("light", "dark"), ("en", "zh-CN")):
        await shown.look(theme, locale)
        await page.evaluate(AXE)
        if violations := await page.evaluate(RUN, RULES):
            found[f"{theme}, {locale}"] = violations
    assert found == {}


async def test_no_english_is_left_where_chinese_is_read(shown: Shown) -> None:
    await shown.look("dark", "zh-CN")
    words = await shown.dashboard.page.evaluate(WORDS)
    assert {word for word in words if re.search(r"[A-Za-z]{3,}", ALIKE.sub("", word))} == set()


async def test_nothing_scrolls_sideways_at_any_width(shown: Shown) -> None:
    page, before = shown.dashboard.page, shown.dashboard.page.viewport_size
    wide = []
    for locale in ("zh-CN", "en"):
        await shown.look("dark", locale)
        for width in WIDTHS:
            await page.set_viewport_size({"width": width, "height": 800})
            if await shown.dashboard.scrolls_sideways():
                wide.append((locale, width))
    assert before is not None
    await page.set_viewport_size(before)
    assert wide == []
