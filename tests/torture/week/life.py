"""Owns what happens in the days that are lived through: who does what, and what goes wrong at which hour.

Time is passed here, and nowhere else: the relay's, which is always right, and the program's, which is not. What must
hold at the end of a day is the test's to say.
"""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from tests.fakes.relay import Behaviour, garbage, hang, other_page, status, truncated
from tests.torture.kills.agreement import CELL_MS
from tests.torture.week.charges import DAY_MS, MINUTE_MS
from tests.torture.week.pages import Pages
from tests.torture.week.program import Memory, TurnedProgram
from tests.torture.week.relay import WeekRelay

START_MS: Final = 1_761_393_600_000
"""Noon in UTC of 25 October 2025: the night that follows has 25 hours in Berlin."""

ZONE: Final = "Europe/Berlin"
SLEEPS_AT: Final = 15

USUAL, LARGE, LARGEST = 60, 10_000, 100_000
"""How many charges the relay shows. The first day has largest answers, too: it alone may need more memory for them."""

_YEARS_S: Final = 30 * 365 * 86_400


class Life:
    """The days. Each begins at noon; some of it is slept away."""

    def __init__(self, program: TurnedProgram, relay: WeekRelay) -> None:
        self.relay = relay
        self.program = program
        self.pages = Pages(program, relay.ledger)
        self.day = 0
        self.memory: list[Memory] = []
        self.deaths = 0
        self.most_records = 0
        self.most_gaps = 0
        self.retention_days: int | None = None
        self.kept_from_ms = 0
        self._hours: dict[int, Callable[[], Awaitable[None]]] = {
            1: self._more_than_is_shown,
            3: self._relay_is_down,
            4: self._relay_asks_for_rest,
            5: self._relay_hangs,
            6: self._relay_is_confused,
            8: self._other_intervals,
            9: self._cookie_rotates,
            10: self._cookie_dies,
            12: self._retention,
            14: self._clock_is_set,
            SLEEPS_AT: self._sleep,
            23: self._everything_is_shown,
        }

    async def begin(self) -> None:
        """Sign in and turn it on."""
        await self.program.api.do("PATCH", "/api/config", {"timeZone": ZONE})
        self.relay.limit = LARGEST
        await self._sign_in()
        await self.program.api.do("PUT", "/api/task", {"enabled": True})
        await self.minutes(2)
        self.relay.limit = USUAL

    async def live_day(self) -> None:
        """Let a day pass, of 24 hours by the relay's clock."""
        end_ms = START_MS + (self.day + 1) * DAY_MS
        self.memory = []
        for hour in range(24):
            hour_end_ms = START_MS + self.day * DAY_MS + (hour + 1) * 3_600_000
            if self.relay.charges.until_ms >= hour_end_ms:
                continue  # it was asleep
            await self._hours.get(hour, self._nothing)()
            await self.minutes((hour_end_ms - self.relay.charges.until_ms) // MINUTE_MS)
            self.memory.append(self.program.memory())
            self.most_gaps = max(self.most_gaps, len(self.relay.ledger.holes(0)))
            self.most_records = max(self.most_records, (await self._status())["usage"]["records"])
        assert self.relay.charges.until_ms == end_ms
        self.day += 1

    async def minutes(self, count: int) -> None:
        """Let minutes pass."""
        for _ in range(count):
            self.relay.charges.pass_minute()
            self._keep()
            await self.program.run(60)
            await self.pages.pass_minute()

    async def _nothing(self) -> None:
        """Let the hour pass as it may."""

    async def _more_than_is_shown(self) -> None:
        """Have the relay show no more than twenty charges, whatever there was."""
        self.relay.limit = 20
        await self.minutes(58)
        self.relay.limit = USUAL

    async def _relay_is_down(self) -> None:
        await self.relay.go_down()
        await self.minutes(15)
        await self._is("retrying")
        await self.relay.come_back()
        await self.minutes(6)
        await self._is("polling")

    async def _relay_asks_for_rest(self) -> None:
        """Have it ask to be left alone for ten minutes, and count who does not."""
        self.relay.be_ill(status(503, {"Retry-After": "600"}))
        await self.minutes(2)
        asked = len(self.relay.requests)
        await self.minutes(8)
        assert len(self.relay.requests) == asked, "it was asked although it wants to rest"
        self.relay.be_well()
        await self.minutes(2)
        await self._is("polling")

    async def _relay_hangs(self) -> None:
        self.relay.be_ill(hang)
        await self.program.deadline(1)
        await self.minutes(1)
        await self._is("retrying")
        await self.program.deadline(30)
        self.relay.be_well()
        await self.minutes(2)
        await self._is("polling")

    async def _relay_is_confused(self) -> None:
        for behaviour in (garbage, truncated, other_page):
            await self._ill_for(behaviour, minutes=2)

    async def _ill_for(self, behaviour: Behaviour, minutes: int) -> None:
        self.relay.be_ill(behaviour)
        await self.minutes(minutes)
        await self._is("retrying")
        self.relay.be_well()
        await self.minutes(6)
        await self._is("polling")

    async def _other_intervals(self) -> None:
        for interval_s in (10, 300, 60):
            await self._configure({"intervalSeconds": interval_s})
            await self.minutes(15)

    async def _cookie_rotates(self) -> None:
        for _ in range(5):
            rotations = self.relay.rotations
            self.relay.rotate()
            await self.minutes(3)
            assert self.relay.rotations == rotations + 1
            await self._is("polling")

    async def _cookie_dies(self) -> None:
        """Have the relay throw the cookie out, and a person come half an hour later; on two days of the week."""
        if self.day not in (0, 4):
            return
        self.deaths += 1
        self.relay.expire()
        await self.minutes(2)
        await self._is("cookie_invalid")
        asked = len(self.relay.requests)
        await self.minutes(30)
        assert len(self.relay.requests) == asked, "something was sent with a dead cookie"
        await self._sign_in()
        await self.minutes(1)
        await self._is("polling")

    async def _retention(self) -> None:
        """Switch it on: on the first day to one day, for that is all there is; on the fourth to three, for good."""
        if self.day in (0, 3):
            self.retention_days = 3 if self.day else 1
            await self._configure({"retentionDays": self.retention_days})
            await self.minutes(3)
        elif self.day == 1:
            self.retention_days = None
            await self._configure({"retentionDays": None})

    async def _clock_is_set(self) -> None:
        """Set it back an hour, right again, ahead an hour, right again; and for a minute years ahead."""
        for seconds in (-3600, 3600):
            await self.program.shift(seconds)
            await self.minutes(10)
            await self.program.shift(-seconds)
            await self.minutes(5)
        await self.program.shift(_YEARS_S)
        await self._configure({"cookieCheckMinutes": 11})  # and so it looks at once for what is old
        await self.minutes(1)
        await self.program.shift(-_YEARS_S)
        await self._configure({"cookieCheckMinutes": 10})

    async def _sleep(self) -> None:
        """Close the lid, for a night or for two hours; on some days the relay then shows all of it."""
        hours = 8 if self.day % 3 == 0 else 2
        for _ in range(hours * 60):
            self.relay.charges.pass_minute()
        await self.program.shift(hours * 3600)
        if self.day % 2:
            self.relay.limit = LARGE
        await self.minutes(1)
        await self._is("polling")
        self.relay.limit = USUAL

    async def _everything_is_shown(self) -> None:
        """Have the relay show much more than it does mostly; on the first day and the fifth, as much as may be read."""
        self.relay.limit = LARGEST if self.day in (0, 4) else LARGE
        await self.minutes(1)
        self.relay.limit = USUAL

    async def _sign_in(self) -> None:
        cookie = await self.program.api.do("PUT", "/api/cookie", {"cookie": self.relay.cookie()})
        assert cookie["valid"] is True

    async def _configure(self, patch: dict[str, object]) -> None:
        await self.program.api.do("PATCH", "/api/config", patch)

    async def _status(self) -> dict[str, Any]:
        answer: dict[str, Any] = await self.program.api.get("/api/status")
        return answer

    async def _is(self, state: str) -> None:
        """See that it says so of itself."""
        task = (await self._status())["task"]
        assert task["state"] == state, task

    def _keep(self) -> None:
        """Have the books know what the program may leave out of an answer because it is too old."""
        if self.retention_days is not None:
            now_ms = min(self.program.wall_ms + MINUTE_MS, self.relay.charges.until_ms)
            oldest_ms = now_ms - self.retention_days * DAY_MS
            self.relay.keep_from_ms = oldest_ms - oldest_ms % CELL_MS
            self.kept_from_ms = max(self.kept_from_ms, oldest_ms)
        else:
            self.relay.keep_from_ms = 0
