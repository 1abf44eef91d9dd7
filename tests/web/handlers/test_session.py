import pytest

from tests.web.site import Site


async def test_where_no_key_is_asked_for_everybody_is_in_and_gets_no_cookie(site: Site) -> None:
    for method, body in (("POST", {"key": "any"}), ("DELETE", None)):
        answer = await site.ask(method, "/api/session", body=body)
        assert (answer.status, answer.body) == (204, b"")
        assert "Set-Cookie" not in answer.headers
    assert (await site.get("/api/session")).json == {"required": False}
    assert (await site.get("/api/status")).status == 200


async def test_a_key_that_nobody_asked_for_is_not_looked_at(site: Site) -> None:
    assert (await site.get("/api/status", Authorization="Bearer any")).status == 200


@pytest.mark.parametrize("body", [{}, {"key": 1}, {"key": None}, {"key": "a", "more": 1}, [], "key"])
async def test_what_is_no_key_is_refused_as_any_other_value(site: Site, body: object) -> None:
    answer = await site.ask("POST", "/api/session", body=body)
    assert (answer.status, answer.json["code"]) == (422, "invalid_value")


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
async def test_an_unknown_parameter_is_refused(method: str, site: Site) -> None:
    answer = await site.ask(method, "/api/session?forever=1", body={"key": "any"} if method == "POST" else None)
    assert answer.status == 422
