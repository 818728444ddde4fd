"""What the pages read from the published warehouse and the stage. Not here: markup, and which pages there are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from pipelines.warehousing import connect_read_only

# A longer text goes over several pages, so that none is too heavy.
CHARACTERS_A_PAGE = 20_000

Row = dict[str, Any]


class Source:
    """One connection to the published file, with the temporary tables of prepare.sql."""

    def __init__(self, con: duckdb.DuckDBPyConnection, stage: Path) -> None:
        self.con, self.stage = con, stage

    def rows(self, sql: str, *parameters: object) -> list[Row]:
        return self._fetch(sql, list(parameters))

    def named(self, sql: str, **parameters: object) -> list[Row]:
        """As `rows`, of a query whose parameters have names."""
        return self._fetch(sql, parameters)

    def years(self, sql: str, code: str) -> list[int]:
        """The years of a query's rows about one indicator."""
        return [row["year"] for row in self.named(f"select distinct year from ({sql}) order by year", code=code)]

    def _fetch(self, sql: str, parameters: list[object] | dict[str, object]) -> list[Row]:
        found = self.con.execute(sql, parameters)
        columns = [column[0] for column in found.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]

    def one(self, sql: str, *parameters: object) -> Any:
        """The first column of the first row."""
        found = self.con.execute(sql, list(parameters)).fetchone()
        return found[0] if found else None

    def prints(self, key: str, query: str) -> dict[str, str]:
        """A fingerprint of the rows that share a key, whatever their order; needs no row outside the database."""
        sql = f"""
            select r.{key}, format('{{}} {{}} {{}}', count(*), bit_xor(hash(r)), sum(hash(r)::hugeint))
            from ({query}) r where r.{key} is not null group by 1
        """
        return dict(self.con.execute(sql).fetchall())

    def text_prints(self) -> dict[str, str]:
        """Fingerprints of the texts of all reports."""
        files = self._text_files()
        if not files:
            return {}
        found = self.con.execute("select report_id, md5(text || blocks) from read_parquet(?)", [files]).fetchall()
        return dict(found)

    def texts(self, report_ids: list[str]) -> dict[str, Row]:
        """Texts and their blocks by report."""
        files = self._text_files()
        if not files or not report_ids:
            return {}
        found = self.rows(
            "select report_id, text, blocks from read_parquet(?) where list_contains(?, report_id)", files, report_ids
        )
        return {row["report_id"]: row for row in found}

    def _text_files(self) -> list[str]:
        return sorted(str(path) for path in (self.stage / "report_texts").glob("[!.]*.parquet"))


@contextmanager
def open_source(published: Path, stage: Path) -> Iterator[Source]:
    """Raises WarehouseError where nothing is published. Only temporary tables are made."""
    with connect_read_only(published) as con:
        sql = Path(__file__).with_name("prepare.sql").read_text(encoding="utf-8")
        con.execute(sql.replace("$part", str(CHARACTERS_A_PAGE))).fetchall()
        yield Source(con, stage)


def batches(keys: list[str], size: int = 100) -> Iterator[list[str]]:
    for start in range(0, len(keys), size):
        yield keys[start : start + size]


def grouped(rows: list[Row], key: str) -> dict[Any, list[Row]]:
    """Rows by the value of one column, in the order in which they came."""
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[key], []).append(row)
    return groups
