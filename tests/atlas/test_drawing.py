"""Many pages are drawn by several processes: the same pages in the same order as by one."""

from __future__ import annotations

import pytest

from pipelines.atlas.drawing import drawing
from pipelines.atlas.formats import number


@pytest.mark.parametrize("pages", [3, 200])
def test_what_is_drawn_comes_in_order(pages: int) -> None:
    with drawing(pages) as draw_all:
        assert list(draw_all(number, range(pages))) == [str(page) for page in range(pages)]
