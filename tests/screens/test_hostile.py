"""Whatever a file holds: a clear refusal or the right picture, soon, in little memory, and nothing is left behind."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from tests.screens import attempts, hostile

COUNT = 20_480
CHUNK = 256


def test_twenty_thousand_hostile_files_are_refused_or_right() -> None:
    assert len(hostile.special()) > 160
    # Processes that begin empty: what they use is theirs, and a crash ends none but them.
    fresh = multiprocessing.get_context("spawn")
    chunks = [range(start, start + CHUNK) for start in range(0, COUNT, CHUNK)]
    with ProcessPoolExecutor(2, mp_context=fresh, initializer=attempts.prepare) as pool:
        told = list(pool.map(attempts.attempt, chunks))
    wrong = [line for one in told for line in one.wrong]
    ends = sum((one.ends for one in told), Counter[str]())
    assert not wrong, f"{len(wrong)} of {COUNT}:\n" + "\n".join(wrong[:40])
    assert sum(ends.values()) == COUNT
    # Both happen often enough to mean something.
    assert ends["taken"] > 1000
    assert ends["refused: broken"] > 5000
    assert {"refused: type", "refused: too large", "refused: unfit", "refused: empty"} <= set(ends)
