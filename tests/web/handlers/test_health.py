from tests.web.site import Site


async def test_health_is_told(site: Site) -> None:
    answer = await site.get("/healthz")
    assert (answer.status, answer.body) == (200, b'{"status":"ok"}')


async def test_head_is_answered(site: Site) -> None:
    answer = await site.ask("HEAD", "/healthz")
    assert (answer.status, answer.body) == (200, b"")
