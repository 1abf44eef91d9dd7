"""Owns the headers that every answer carries, whatever it is and whoever made it."""

from typing import Final

from multidict import CIMultiDict, istr

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

# `istr` is how header names are kept inside: made here once, rather than for every answer.
SECURITY: Final = {
    istr("Content-Security-Policy"): CONTENT_SECURITY_POLICY,
    istr("X-Content-Type-Options"): "nosniff",
    istr("X-Frame-Options"): "DENY",
    istr("Referrer-Policy"): "no-referrer",
    istr("Cross-Origin-Opener-Policy"): "same-origin",
    istr("Cross-Origin-Resource-Policy"): "same-origin",
    istr("Server"): "CCurve",
}


def secure(headers: CIMultiDict[str], path: str) -> None:
    """Add to an answer's headers what keeps other sites and shared caches out; only the page's files may be cached."""
    headers.update(SECURITY)
    if path.startswith("/api/"):
        headers["Cache-Control"] = "no-store"
    else:
        headers.setdefault("Cache-Control", "no-store")
