"""What a page that a hostile relay wrote costs: one look at each part of it.

What is a login page and what is none is told in test_client_judges.
"""

import pytest

from domain.errors import UpstreamRefusedError
from poller.judge import PAGE_BYTES, Response, raise_for_login_page


def page(text: str) -> Response:
    return Response(200, "text/html", None, None, [], text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "<form action = '/login'>",
        '<form id=f action=\n\t"/auth/signin">',
        "<meta http-equiv=refresh content=\"0; url = '/a/sign-in'\">",
        "<input type = password>",
        '<script>{"page" : "/auth/login"}</script>',
    ],
)
def test_space_round_an_equals_sign_hides_no_login_page(text: str) -> None:
    with pytest.raises(UpstreamRefusedError):
        raise_for_login_page(page(text))


@pytest.mark.parametrize("begin", ["<form action=", "<form" + " action" * 60 + "=", "<meta url=", "<input type="])
def test_any_amount_of_space_is_looked_at_once(begin: str) -> None:
    # Each was looked at two hundred times, all in one call that let nothing else go on meanwhile: for seconds.
    raise_for_login_page(page(begin + " " * PAGE_BYTES))
