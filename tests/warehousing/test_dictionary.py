"""warehouse/README.md says what schemas.py and the headers of sql/ say."""

from __future__ import annotations

from pipelines.warehousing.dictionary import TARGET, dictionary
from tests.warehousing import small


def test_the_data_dictionary_is_up_to_date() -> None:
    told = TARGET.read_text(encoding="utf-8")
    assert told == dictionary(small.SQL), "Run: python -m pipelines.warehousing.dictionary"
