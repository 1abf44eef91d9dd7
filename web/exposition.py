"""Owns the metrics in Prometheus' text format: their names, what they mean, and how many labels there may be.

Nothing is counted here: every figure is the other rooms'.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from domain.credits import MICROS_PER_CREDIT
from domain.records import ModelTotal
from web.rooms import Rooms

CONTENT_TYPE: Final = CONTENT_TYPE_PLAIN_0_0_4

MODEL_LABELS: Final = 50
"""How many models have a label of their own, those seen first; the rest are summed into `OTHER`."""

OTHER: Final = "other"


def text(rooms: Rooms) -> bytes:
    """Return all metrics as they stand."""
    registry = CollectorRegistry()
    registry.register(_Rooms(rooms))
    return generate_latest(registry)


class _Rooms(Collector):
    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def collect(self) -> Iterable[Metric]:
        yield from self._usage()
        yield from self._polling()
        subscribers = self._rooms.hub.subscribers
        yield GaugeMetricFamily("ccurve_subscribers", "Streams that are open.", value=subscribers)
        build = GaugeMetricFamily("ccurve_build_info", "Always 1; the label says which release.", labels=["version"])
        build.add_metric([self._rooms.version], 1)
        yield build

    def _usage(self) -> Iterator[Metric]:
        usage = self._rooms.usage
        credits_spent = CounterMetricFamily("ccurve_credits", "Credits charged, ever.", labels=["model"])
        requests = CounterMetricFamily("ccurve_requests", "Requests charged for, ever.", labels=["model"])
        for label, (micros, count) in _by_label(usage.lifetime()).items():
            credits_spent.add_metric([label], micros / MICROS_PER_CREDIT)
            requests.add_metric([label], count)
        yield credits_spent
        yield requests
        size = usage.size_bytes()
        yield GaugeMetricFamily("ccurve_store_size_bytes", "What the history takes on disk.", value=size)
        records = usage.summary().records
        yield GaugeMetricFamily("ccurve_store_records", "Records in the history.", value=records)

    def _polling(self) -> Iterator[Metric]:
        poller = self._rooms.poller
        polls = CounterMetricFamily("ccurve_polls", "Polls since the start, by outcome.", labels=["outcome"])
        for outcome, count in poller.outcomes.items():
            polls.add_metric([outcome], count)
        yield polls
        # What is not known has no sample, rather than one that looks like a figure.
        success = GaugeMetricFamily("ccurve_last_success_timestamp_seconds", "When a poll last succeeded.")
        if poller.task.last_success_ms is not None:
            success.add_metric([], poller.task.last_success_ms / 1000)
        yield success
        valid = GaugeMetricFamily("ccurve_cookie_valid", "Whether the relay takes the cookie, 1 or 0.")
        if poller.cookie.present and poller.cookie.valid is not None:
            valid.add_metric([], int(poller.cookie.valid))
        yield valid


def _by_label(totals: Iterable[ModelTotal]) -> dict[str, tuple[int, int]]:
    """Return `(micros, requests)` by label; `totals` come in the order in which the models were first seen."""
    sums: dict[str, tuple[int, int]] = {}
    for index, total in enumerate(totals):
        label = total.model if index < MODEL_LABELS else OTHER
        micros, requests = sums.get(label, (0, 0))
        sums[label] = micros + total.micros, requests + total.requests
    return sums
