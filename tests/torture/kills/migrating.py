"""A process that opens a store with a migration that rewrites all of it, told by its argument where; it is killed amid.

As a module it owns that migration: it doubles every amount, record by record, and sums all of them anew.
"""

import sys
from pathlib import Path
from typing import Final

from storage import cells, codec, schema
from storage.environment import Tables, Transaction
from storage.store import opened

OLD: Final = schema.VERSION
NEW: Final = OLD + 1
BEGUN: Final = "begun"


def double(transaction: Transaction, tables: Tables) -> None:
    """Rewrite every record and every sum."""
    print(BEGUN, flush=True)  # noqa: T201 - for who will kill it
    moments = set()
    for key, value in list(transaction.cursor(tables.records).iternext()):
        model, micros, sequence = codec.read_value(value)
        transaction.put(key, codec.record_value(model, micros * 2, sequence), db=tables.records)
        moments.add(codec.time_of(key))
    cells.rebuild(transaction, tables, moments)
    for key, value in list(transaction.cursor(tables.lifetime).iternext()):
        requests, micros, latest_ms = codec.read_lifetime(value)
        transaction.put(key, codec.lifetime_value(requests, micros * 2, latest_ms), db=tables.lifetime)


if __name__ == "__main__":
    schema.MIGRATIONS[OLD] = double
    schema.VERSION = NEW  # type: ignore[misc]
    with opened(Path(sys.argv[1])):
        pass
