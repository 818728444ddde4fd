"""A few seconds of `make fuzz`, with the same seed every time."""

from __future__ import annotations

import random

from tests.reliability.fuzzing import mutate, without_guidance
from tests.reliability.seeds import SEEDS


def test_changed_files_of_every_format_are_read_or_refused() -> None:
    found = without_guidance(seconds=6, seed=1)
    assert found.total() > 50
    assert "took more than 30 seconds" not in found
    assert {"refused", "read as txt", "read as html"} <= set(found)


def test_a_seed_is_changed_the_same_way_again() -> None:
    assert mutate(SEEDS[0][1], random.Random(3)) == mutate(SEEDS[0][1], random.Random(3)) != SEEDS[0][1]
