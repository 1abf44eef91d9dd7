"""Owns the figures of the answers: windows of the store over HTTP, beside `json.dumps` of 10,000 records."""

import http.client
import json
import statistics
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from bench.figures import milliseconds, show


def measure(url: str, runs: int) -> None:
    """Measure each window, in turn with the ruler."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc)

    def get(path: str) -> bytes:
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
        if response.status != http.HTTPStatus.OK:
            raise SystemExit(body.decode())
        return body

    records: list[dict[str, Any]] = json.loads(get("/api/usage?range=1440"))["records"]
    for name, path, goal in (
        (f"GET /api/usage?range=1440, {len(records)} records", "/api/usage?range=1440", "<= 1.0"),
        ("GET /api/usage, one year, bucket=auto", "/api/usage?range=525600&bucket=auto", "<= 1.0"),
        ("GET /api/usage, 30 days, bucket=auto", "/api/usage?range=43200&bucket=auto", "<= 0.5"),
    ):
        pairs = [(milliseconds(partial(get, path)), milliseconds(lambda: json.dumps(records))) for _ in range(runs)]
        ours, ruler = (statistics.median(times) for times in zip(*pairs, strict=True))
        show(name, ours / ruler, "x", goal, f"{ours:.1f} ms; json.dumps of {len(records)} records {ruler:.1f} ms")
    connection.close()
