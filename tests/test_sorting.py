from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kg.sorting import LineSorter

LINES = st.lists(st.binary(max_size=6).map(lambda b: b.replace(b"\n", b"x") + b"\n"))


@given(st.lists(LINES))
def test_lines_come_back_sorted_and_single(tmp_path_factory, batches) -> None:  # type: ignore[no-untyped-def]
    with LineSorter(tmp_path_factory.mktemp("sort"), run_bytes=10) as sorter:
        for batch in batches:
            sorter.add(batch)
        assert list(sorter) == sorted({line for batch in batches for line in batch})
        assert list(sorter) == list(sorter)


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    with LineSorter(tmp_path, run_bytes=1) as sorter:
        sorter.add([b"a\n"])
        assert any(tmp_path.iterdir())
    assert not any(tmp_path.iterdir())
