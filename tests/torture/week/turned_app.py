"""Owns CCurve on a clock that is turned by its standard input: each line is done, and answered by a line of JSON.

    run 60          a minute passes
    shift 28800     the wall clock alone goes on: the machine slept, or its clock was set
    deadline 1      a call to the relay may take a second of real time
    look            tells which threads and tasks there are

Started with the wall clock's milliseconds, and then the program's own options. All else is the program as it is.
"""

import asyncio
import json
import os
import signal
import sys
import threading
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[3]))

import app
from poller.client import RelayClient
from poller.loop import Poller
from tests.torture.week.clock import NotedEvent, TurnedClock

clock = TurnedClock(int(sys.argv.pop(1)), frozenset({"polling", "pruning"}))
clients: list[RelayClient] = []
serve = app._serve


def client(url: str) -> RelayClient:
    clients.append(RelayClient(url, clock=clock))
    return clients[-1]


def poller(*rooms: Any) -> Poller:  # noqa: ANN401 - passed on
    made = Poller(*rooms)
    made._board.changed = NotedEvent(clock, "polling")
    return made


async def served(*arguments: Any) -> None:  # noqa: ANN401 - passed on
    """Serve as the program does, and do what is asked for meanwhile."""
    control = asyncio.create_task(obey(), name="control")
    try:
        await serve(*arguments)
    finally:
        control.cancel()
        await asyncio.wait([control])


async def obey() -> None:
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    transport, _ = await loop.connect_read_pipe(partial(asyncio.StreamReaderProtocol, reader), sys.stdin)
    try:
        async for line in reader:
            word, _, number = line.decode().strip().partition(" ")
            sys.stdout.write(json.dumps(await done(word, number)) + "\n")
            sys.stdout.flush()
        os.kill(os.getpid(), signal.SIGTERM)  # whoever turns the clock is gone
    finally:
        transport.close()


async def done(word: str, number: str) -> object:
    match word:
        case "run":
            await clock.run(float(number))
        case "shift":
            clock.shift(float(number))
        case "deadline":
            clients[0]._deadline_s = clients[0]._calls._deadline_s = float(number)
        case "look":
            tasks = Counter(task.get_name().partition("-")[0] for task in asyncio.all_tasks())
            return {"threads": sorted(thread.name for thread in threading.enumerate()), "tasks": tasks}
    return clock.wall_ms()


vars(app).update(SystemClock=lambda: clock, RelayClient=client, Poller=poller, _serve=served)
sys.exit(app.main())
