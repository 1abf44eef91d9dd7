"""Owns the relay of the week: what it shows, to whom, and the books of both.

What is charged is `charges`'; how it misbehaves is `tests.fakes.relay`'s.
"""

from email.utils import formatdate
from typing import Final

from tests.fakes.relay import CHECK, USAGE, Behaviour, Exchange, FakeRelay, redirect
from tests.fakes.relay_wire import whole
from tests.torture.week.charges import Charges
from tests.torture.week.ledger import Ledger

_NAME: Final = "next-auth.session-token"


class WeekRelay(FakeRelay):
    """Shows the newest `limit` charges. `keep_from_ms` is what its one customer keeps, for the books alone."""

    def __init__(self, charges: Charges) -> None:
        super().__init__()
        self.charges = charges
        self.ledger = Ledger()
        self.limit = 0
        self.keep_from_ms = 0
        self.rotations = 0
        self.asked = 0
        self._serial = 0
        self._token = self._made()
        self._next: str | None = None
        self.be_well()

    def be_well(self) -> None:
        """Answer as it should from now on."""
        self.behave(USAGE, self._usage)
        self.behave(CHECK, self._check)

    def be_ill(self, behaviour: Behaviour) -> None:
        """Answer so from now on, whatever it is asked."""
        for path in (USAGE, CHECK):
            self.behave(path, behaviour)

    def cookie(self) -> str:
        """Return the cookie that a person finds in the browser who signs in now; no other is good from then on."""
        self._token, self._next, self.set_cookies = self._made(), None, []
        return "; ".join(["theme=dark", *self._pairs(self._token), "lang=zh%2DCN"])

    def expire(self) -> None:
        """Have nobody signed in any longer."""
        self.cookie()

    def rotate(self) -> None:
        """Have the next answers bring another cookie; the one before is good until the new one is used."""
        self._next = self._made()
        self.set_cookies = [f"{pair}; Path=/; HttpOnly; Secure; SameSite=Lax" for pair in self._pairs(self._next)]

    async def _usage(self, exchange: Exchange) -> None:
        self.asked += 1
        if not self._signed_in(exchange.request.cookie):
            await redirect("/login")(exchange)
            return
        page = self.charges.all[-self.limit :]
        body = b"[" + b",".join([charge.text for charge in reversed(page)]) + b"]"
        if self.asked % 2:
            body = b'{"code":200,"data":' + body + b"}"
        self.ledger.show(page, self.keep_from_ms)
        await exchange.send(whole(200, body, self._headers(), self.set_cookies))

    async def _check(self, exchange: Exchange) -> None:
        self.asked += 1
        if not self._signed_in(exchange.request.cookie):
            await redirect("/login")(exchange)
            return
        await exchange.send(whole(200, b'{"chart":[]}', self._headers(), self.set_cookies))

    def _headers(self) -> dict[str, str]:
        return {"Content-Type": "application/json", "Date": formatdate(self.charges.until_ms / 1000, usegmt=True)}

    def _signed_in(self, cookie: str | None) -> bool:
        pairs = dict(pair.split("=", 1) for pair in (cookie or "").split("; ") if "=" in pair)
        token = pairs.get(_NAME) or "".join(pairs.get(f"{_NAME}.{number}", "") for number in range(4))
        if token and token == self._next:
            self.rotations += 1
            self._token, self._next, self.set_cookies = token, None, []
        return token == self._token

    def _made(self) -> str:
        self._serial += 1
        return f"invented-{self._serial}-".ljust(40 * (self._serial % 3 + 1), "x")

    def _pairs(self, token: str) -> list[str]:
        """Return the token as one cookie, or in chunks where it is long."""
        if len(token) <= 40:
            return [f"{_NAME}={token}"]
        chunks = [token[at : at + 40] for at in range(0, len(token), 40)]
        return [f"{_NAME}.{number}={chunk}" for number, chunk in enumerate(chunks)]
