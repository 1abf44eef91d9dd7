"""Owns what the hub says: how things stand in the other rooms, in the contract's words."""

from domain.records import Record
from web.documents import config_json, status_json
from web.encode import records_text
from web.rooms import Rooms


class RoomsVoice:
    """Speaks for the rooms."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def status(self) -> bytes:
        """Return the status as JSON."""
        return status_json(self._rooms)

    def config(self) -> bytes:
        """Return the configuration as JSON."""
        return config_json(self._rooms)

    def usage(self, records: list[Record]) -> bytes:
        """Return the data of a usage event that adds `records`."""
        return f'{{"reset":false,"records":[{records_text(records, self._rooms.zone())}]}}'.encode()
