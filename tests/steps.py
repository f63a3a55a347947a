"""How much work a call is, counted: the same on every machine, busy or not.

Seconds belong to `benchmarks/`; tests that work grows with the text count steps.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType


def steps(call: Callable[[], object]) -> int:
    """The calls of Python and built-in functions that a call makes."""
    made = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal made
        made += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        call()
    finally:
        sys.setprofile(before)
    return made
