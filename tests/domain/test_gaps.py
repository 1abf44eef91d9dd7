from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from domain.gaps import within, without
from domain.records import Gap

edges = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted)


@st.composite
def gap_lists(draw: st.DrawFn) -> list[Gap]:
    """Draw gaps that are not empty and do not overlap, oldest first."""
    marks = sorted(draw(st.sets(st.integers(0, 30), max_size=12)))
    return [Gap(start, end) for start, end in zip(marks[::2], marks[1::2], strict=False)]


def unknown(gaps: list[Gap]) -> set[int]:
    """Return the moments between whole ones that lie in a gap, each named by the whole one before."""
    return {at for gap in gaps for at in range(gap.from_ms, gap.to_ms)}


@given(gap_lists(), edges)
def test_what_is_known_now_is_no_gap_any_more_and_nothing_else_changes(gaps: list[Gap], known: list[int]) -> None:
    assert unknown(without(gaps, *known)) == unknown(gaps) - set(range(*known))


@given(gap_lists(), edges)
def test_gaps_stay_in_order_apart_and_not_empty(gaps: list[Gap], known: list[int]) -> None:
    rest = without(gaps, *known)
    assert all(gap.from_ms < gap.to_ms for gap in rest)
    assert all(one.to_ms <= other.from_ms for one, other in pairwise(rest))


@given(gap_lists(), edges, edges)
def test_the_order_in_which_things_become_known_does_not_matter(
    gaps: list[Gap], one: list[int], other: list[int]
) -> None:
    assert unknown(without(without(gaps, *one), *other)) == unknown(without(without(gaps, *other), *one))


def test_a_gap_that_is_touched_at_its_edge_alone_stays_whole() -> None:
    gaps = [Gap(10, 20)]
    assert without(gaps, 0, 10) == gaps
    assert without(gaps, 20, 30) == gaps


def test_a_gap_is_cut_where_it_is_known() -> None:
    gaps = [Gap(10, 20), Gap(30, 40)]
    assert without(gaps, 15, 35) == [Gap(10, 15), Gap(35, 40)]
    assert without(gaps, 12, 18) == [Gap(10, 12), Gap(18, 20), Gap(30, 40)]
    assert without(gaps, 10, 40) == []


@given(gap_lists(), edges)
def test_the_gaps_of_a_window_are_those_that_share_a_moment_with_it(gaps: list[Gap], window: list[int]) -> None:
    start, end = window[0], window[1] + 1
    assert within(gaps, start, end) == [gap for gap in gaps if unknown([gap]) & set(range(start, end))]
