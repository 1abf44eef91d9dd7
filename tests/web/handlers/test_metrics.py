import os
import shutil
import subprocess
from decimal import Decimal

import pytest
from prometheus_client.parser import text_string_to_metric_families

from domain.records import MAX_MODEL_LENGTH
from domain.status import CookieStatus, TaskStatus
from tests.web.site import Site
from tests.web.stand_ins import NOW_MS, charge
from tests.web.stream_reader import StreamReader
from web.exposition import MODEL_LABELS, OTHER

Samples = dict[tuple[str, tuple[str, ...]], float]


async def samples(site: Site) -> Samples:
    answer = await site.get("/metrics")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(answer.body.decode())
        for sample in family.samples
    }


async def test_everything_is_counted(site: Site) -> None:
    await site.poller.poll(charge(1, model="a", micros=500_000), charge(2, model="a"), charge(3, model="b"))
    site.poller.task = TaskStatus(last_success_ms=NOW_MS)
    site.poller.cookie = CookieStatus(present=True, valid=True)
    async with StreamReader.on(site.port) as stream:
        await stream.usage()
        found = await samples(site)
    size = found.pop(("ccurve_store_size_bytes", ()))
    assert size > 0
    assert found == {
        ("ccurve_credits_total", ("a",)): 9.5,
        ("ccurve_credits_total", ("b",)): 9,
        ("ccurve_requests_total", ("a",)): 2,
        ("ccurve_requests_total", ("b",)): 1,
        ("ccurve_polls_total", ("stored",)): 2,
        ("ccurve_polls_total", ("upstream_unavailable",)): 1,
        ("ccurve_last_success_timestamp_seconds", ()): NOW_MS / 1000,
        ("ccurve_subscribers", ()): 1,
        ("ccurve_cookie_valid", ()): 1,
        ("ccurve_store_records", ()): 3,
        ("ccurve_build_info", ("0.1.0",)): 1,
    }


async def test_what_is_not_known_has_no_sample(site: Site) -> None:
    found = await samples(site)
    assert ("ccurve_last_success_timestamp_seconds", ()) not in found
    assert ("ccurve_cookie_valid", ()) not in found


async def test_a_cookie_that_is_refused_is_zero(site: Site) -> None:
    site.poller.cookie = CookieStatus(present=True, valid=False)
    assert (await samples(site))["ccurve_cookie_valid", ()] == 0


async def test_labels_do_not_grow_without_bound_and_nothing_is_lost(site: Site) -> None:
    for number in range(1, MODEL_LABELS + 20):
        await site.poller.poll(charge(number, model=f"m{number}", micros=1_000_000))
    found = await samples(site)
    requests = {labels[0]: value for (name, labels), value in found.items() if name == "ccurve_requests_total"}
    assert len(requests) == MODEL_LABELS + 1
    assert requests[OTHER] == 19
    assert sum(requests.values()) == MODEL_LABELS + 19


async def test_a_model_called_like_the_rest_is_summed_with_it(site: Site) -> None:
    for number in range(1, MODEL_LABELS + 3):
        await site.poller.poll(charge(number, model=OTHER if number == 1 else f"m{number}"))
    assert (await samples(site))["ccurve_requests_total", (OTHER,)] == 3


async def test_any_name_of_a_model_is_a_label(site: Site) -> None:
    names = ['q"uote', "back\\slash", "line\nbreak", "模型", "x" * MAX_MODEL_LENGTH, "{}", ""]
    await site.poller.poll(*(charge(number, model=name) for number, name in enumerate(names, 1)))
    found = await samples(site)
    assert {labels[0] for name, labels in found if name == "ccurve_requests_total"} == set(names)
    assert Decimal(str(found["ccurve_credits_total", ("模型",)])) == 9


@pytest.mark.skipif(
    shutil.which("promtool") is None and "CI" not in os.environ, reason="promtool (Debian: prometheus) is not installed"
)
@pytest.mark.parametrize("full", [False, True])
async def test_promtool_finds_nothing_to_say(site: Site, *, full: bool) -> None:
    if full:
        await site.poller.poll(charge(1, model='q"uote'), charge(2, model="line\nbreak"))
        site.poller.task = TaskStatus(last_success_ms=NOW_MS)
        site.poller.cookie = CookieStatus(present=True, valid=True)
    text = (await site.get("/metrics")).body
    checked = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, check=False)  # noqa: ASYNC221 - nothing else waits
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, b"")
