"""Opens the data directories that it is told of, each in a process of its own, and says how that went.

A line in is a directory; a line out is JSON: the signal that ended the process (0 for none), and what it said: the
sentence of an error, or `served`. Anything else that it said is a traceback.
"""

import asyncio
import json
import os
import sys
import traceback
from pathlib import Path

from domain.errors import StartError, StorageError
from domain.windows import Buckets, Window
from domain.zones import zone
from storage import files
from storage.store import Store, opened
from storage.view import View
from tests.storage.examples import NOW_MS, START_MS, answer, record

WINDOW = Window(START_MS - 86_400_000, NOW_MS + 9 * 86_400_000)


def read_all(view: View) -> None:
    """Read all that people can ask for."""
    list(view.records(WINDOW))
    view.sums(WINDOW, None)
    view.sums(WINDOW, Buckets(300, WINDOW, zone("Asia/Kolkata")))
    view.gaps(WINDOW)
    view.since(view.cursor.partition("-")[0] + "-0", 1_000_000)


async def live(store: Store) -> None:
    """Do a day's work: read, store, correct, let go, save."""
    await store.history.read(read_all)
    records = [record(n, micros=1) for n in (0, 1500, 2999, 7000)]
    await store.history.apply(answer(records), NOW_MS)
    await store.settings.save_config(store.settings.config)
    if store.cookies.text is not None:
        await store.cookies.save(store.cookies.text)
    await store.history.read(read_all)


def outcome(directory: Path) -> str:
    """Return what a person would read."""
    try:
        files.prepare(directory)
        with opened(directory) as store:
            asyncio.run(live(store))
    except (StartError, StorageError) as error:
        return str(error)
    except BaseException:  # noqa: BLE001 - whatever it is, it is told
        return traceback.format_exc()
    return "served"


def main() -> None:
    """Go on until there are no more directories."""
    for line in sys.stdin:
        said, saying = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(said)
            os.write(saying, outcome(Path(line.rstrip("\n"))).encode()[-4000:])
            os._exit(0)
        os.close(saying)
        with os.fdopen(said, "rb") as reader:
            text = reader.read().decode()
        _, status = os.waitpid(child, 0)
        sys.stdout.write(json.dumps({"signal": os.WTERMSIG(status), "said": text}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
