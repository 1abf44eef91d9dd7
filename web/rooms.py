"""Owns what every handler is given: the other rooms behind their Protocols, and who this server is.

Nothing is done here; `app` fills it in once.
"""

from dataclasses import dataclass

from domain.clock import Clock
from domain.zones import Zone, zone
from web.hub import Hub
from web.needs import Access, Poller, Settings, Usage


@dataclass(frozen=True, slots=True)
class Rooms:
    """What the web room works with.

    `demo` says that the relay is a simulated one; without `access` no key is asked for.
    """

    usage: Usage
    settings: Settings
    poller: Poller
    clock: Clock
    hub: Hub
    version: str
    demo: bool = False
    access: Access | None = None

    def zone(self) -> Zone:
        """Return the configured time zone."""
        return zone(self.settings.config.time_zone)
