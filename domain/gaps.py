"""Owns the arithmetic of gaps: stretches of time about which nothing is known."""

from domain.records import Gap


def without(gaps: list[Gap], from_ms: int, to_ms: int) -> list[Gap]:
    """Return `gaps` less what lies between `from_ms` and `to_ms`, which is now known. Order is kept."""
    rest: list[Gap] = []
    for gap in gaps:
        if gap.to_ms <= from_ms or gap.from_ms >= to_ms:
            rest.append(gap)
            continue
        if gap.from_ms < from_ms:
            rest.append(Gap(gap.from_ms, from_ms))
        if gap.to_ms > to_ms:
            rest.append(Gap(to_ms, gap.to_ms))
    return rest


def within(gaps: list[Gap], from_ms: int, to_ms: int) -> list[Gap]:
    """Return the gaps that touch the window, whole, in their order."""
    return [gap for gap in gaps if gap.to_ms > from_ms and gap.from_ms < to_ms]
