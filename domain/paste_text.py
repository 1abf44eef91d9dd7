"""Owns which characters of a paste may reach a header, and what becomes of the others.

It knows nothing of the forms that a paste may have.
"""

import re
from typing import Final
from urllib.parse import quote

_NEVER_IN_A_HEADER: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]+")


def printable(text: str) -> str:
    """Return `text` as printable ASCII, without white space at its ends.

    Line breaks and control characters are removed, what is not ASCII is percent-encoded as UTF-8. Halves of a surrogate
    pair are put together first, a lone one becomes U+FFFD. Printable ASCII stays as it is.
    """
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _NOT_ASCII.sub(lambda found: quote(found[0]), _NEVER_IN_A_HEADER.sub("", whole).strip())
