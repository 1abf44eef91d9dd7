"""Owns the composition: options to rooms to server. No logic of its own; it alone knows everyone."""

import gc

gc.disable()  # until it listens: nothing made on the way is garbage, and looking for some takes a twentieth of it

from launch.signals import end_by_signals, exit_on_signals, stop_on_signals

if __name__ == "__main__":
    exit_on_signals()  # before all that takes a while to import

from launch.without_tls import without_tls

with without_tls():
    import asyncio

    import aiohttp.web  # noqa: F401 - and with it all that would look for TLS

import contextlib
import os
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from domain.clock import SystemClock
from domain.errors import StartError, StorageError
from domain.settings import Config
from domain.zones import provide, zone
from launch import bundle
from launch.another import be_nice, run_another
from launch.browser import open_browser, open_browser_meanwhile
from launch.dumps import forbid_dumps
from launch.frozen import restore_environment
from launch.instance import AlreadyRunning, no_instance, only_instance, telling
from launch.leftovers import remove_leftovers_meanwhile
from launch.listening import address_of, listening_socket
from launch.memory import give_memory_back
from launch.mishaps import catch_in_loop, catch_the_uncaught, log_wordless
from launch.open_files import allow_open_files
from launch.options import KEY_VARIABLE, Options, read_options
from launch.outer import call_after_outer, stop_with_outer
from launch.output import complain, prepare_streams, say, tell_how_to_stop
from launch.version import VERSION
from launch.window import kept_open_on_failure
from poller.client import RelayClient
from poller.loop import Poller
from storage import files
from storage.daily import backing_up
from storage.retention import pruning
from storage.store import Store, opened
from web.hub import Hub
from web.limits import USUAL
from web.needs import Access
from web.rooms import Rooms
from web.serve import serving
from web.server import Options as WebOptions
from web.server import make_app

_ALL_WELL = "All is well."
STATIC_DIR = Path(__file__).parent / "static"


def main() -> int:
    """Run CCurve until it is told to stop; return the exit status."""
    prepare_streams()
    forbid_dumps()
    catch_the_uncaught()
    restore_environment()
    try:
        options = read_options(sys.argv[1:], os.environ)
        os.environ.pop(KEY_VARIABLE, None)
        log_wordless(options.log_level)
        open_files = allow_open_files()
        provide(bundle.zones())
        if options.check:
            return _check(options.data_dir)
        if options.restore:
            _restore(options.data_dir, options.backup)
            return 0
        with (
            _directory(options) as directory,
            only_instance(directory),
            opened(directory) as store,
            _access(options, directory) as access,
        ):
            asyncio.run(_serve(options, directory, store, access, open_files))
    except AlreadyRunning as running:
        say(f"CCurve {VERSION} is already running on {running.url}")
        if options.browser:
            open_browser(running.url)
    except (StartError, StorageError) as error:
        complain(f"ccurve: {error}")
        return 1
    return 0


def _check(directory: Path) -> int:
    """Say what is found in the data directory; return 0 where all of it is as it should be."""
    from storage.check import check  # noqa: PLC0415 - for checks alone

    end_by_signals()
    call_after_outer(lambda: os._exit(1))  # whoever waits for this one can end the outer process alone
    be_nice()
    good = True
    with no_instance(directory):
        for finding in check(directory):
            good &= finding.good
            say(finding.line)
    say(_ALL_WELL if good else "Something is wrong.")
    return 0 if good else 1


def _restore(directory: Path, source: Path | None) -> None:
    from storage.restore import restore  # noqa: PLC0415 - for restorations alone

    end_by_signals()
    files.prepare(directory)
    try:
        with only_instance(directory):
            restored = restore(directory, source, SystemClock().wall_ms())
    except AlreadyRunning as running:
        raise StartError(f"A CCurve is running on {running.url}. End it first.") from None
    for sentence in restored.passed_over:
        complain(f"ccurve: {sentence}")
    say(restored.sentences)


async def _verify(directory: Path) -> None:
    """Have another process check a copy of the history. Raises StorageError where it finds anything wrong."""
    try:
        _, said = await run_another("--check", "--data-dir", str(directory))
    except OSError as error:
        raise StorageError(f"A copy of the history could not be checked ({error.strerror}).") from error
    # Whatever else is said is of no matter to a copy: the disk may know no modes.
    verdict = next((line for line in said.splitlines() if line.startswith(f"{files.HISTORY}: ")), "")
    if not verdict.startswith(f"{files.HISTORY}: OK. "):
        raise StorageError(f"A copy of the history did not pass the check. {verdict}".rstrip())


@contextlib.contextmanager
def _directory(options: Options) -> Iterator[Path]:
    """Yield the data directory, ready for use; in a demonstration one that is thrown away."""
    with contextlib.ExitStack() as temporary:
        directory = options.data_dir
        if options.demo:
            import tempfile  # noqa: PLC0415 - for demonstrations alone

            directory = Path(temporary.enter_context(tempfile.TemporaryDirectory(prefix="ccurve-demo-")))
        files.prepare(directory)
        yield directory


async def _serve(options: Options, directory: Path, store: Store, access: Access | None, open_files: int) -> None:
    catch_in_loop(asyncio.get_running_loop())
    clock, hub = SystemClock(), Hub()
    listener = listening_socket(options.host, options.port)
    async with contextlib.AsyncExitStack() as stack:
        stop = stack.enter_context(stop_on_signals())
        upstream = await stack.enter_async_context(_demonstration(store)) if options.demo else options.upstream
        client = RelayClient(upstream)
        poller = Poller(client, store.history, store.settings, store.cookies, hub, clock)
        rooms = Rooms(store.history, store.settings, poller, clock, hub, VERSION, options.demo, access)
        limits = USUAL.within(open_files)
        chosen = WebOptions(STATIC_DIR, tuple(options.allowed_hosts), listening=options.host, limits=limits)
        web = make_app(rooms, chosen)
        await stack.enter_async_context(serving(web, listener, limits))
        url = address_of(listener)
        rest = bundle.Rest()
        with telling(directory, url):
            say(f"CCurve {VERSION} listening on {url}")
            tell_how_to_stop()
            # From here on people are served; what follows may take its time.
            gc.freeze()
            gc.enable()
            stop_with_outer(stop)
            await stack.enter_async_context(poller)
            await stack.enter_async_context(
                pruning(store.history, store.settings, clock, hub.status, poller.retention_went)
            )
            if not options.demo:
                await stack.enter_async_context(
                    backing_up(directory, store.history, clock, _verify, poller.backup_went)
                )
            if options.browser:
                open_browser_meanwhile(url)
            remove_leftovers_meanwhile()
            give_memory_back()
            await client.preload()
            await rest.load()
            await stop.wait()


@contextlib.contextmanager
def _access(options: Options, directory: Path) -> Iterator[Access | None]:
    """Yield who may ask, None where no key is asked for; tell what there is to tell of the key."""
    if not options.is_reachable and options.access_key is None:
        yield None
        return
    from launch.key import tell_kept_key, tell_made_key, warn_of_short_key  # noqa: PLC0415 - where a key is asked for
    from storage.access import opened_access  # noqa: PLC0415 - as above

    with opened_access(directory, options.access_key, SystemClock()) as access:
        file = directory / files.ACCESS
        if access.made is not None:
            tell_made_key(access.made, file)
        elif options.access_key is None:
            tell_kept_key(file)
        elif options.is_reachable:
            warn_of_short_key(options.access_key)
        yield access


@contextlib.asynccontextmanager
async def _demonstration(store: Store) -> AsyncIterator[str]:
    """Serve a simulated relay, with its cookie saved and the switch turned on; yield its address."""
    from poller.demo import DEMO_COOKIE, DemoRelay  # noqa: PLC0415 - for demonstrations alone

    await store.settings.save_config(Config(interval_seconds=10))
    await store.cookies.save(DEMO_COOKIE)
    await store.settings.save_enabled(True)  # noqa: FBT003 - the value itself
    async with DemoRelay(SystemClock(), zone("local")) as relay:
        yield relay.url


if __name__ == "__main__":
    with kept_open_on_failure():
        sys.exit(main())
