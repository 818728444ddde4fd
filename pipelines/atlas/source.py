"""What the pages read: the published warehouse, the stage, and tables made of them for one build. Not here: markup, and
which pages there are.

The tables of prepare.sql are made once, in a file of their own, so that every process that draws can read them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from pipelines.places import REFERENCE
from pipelines.warehousing import connect_read_only

# A longer text, or one with more numbers, goes over several pages, so that none is too heavy.
CHARACTERS_A_PAGE = 20_000
NUMBERS_A_PAGE = 800


class Drawn(NamedTuple):
    """How many reports, the newest, and how many bodies, governments first, have a page of their own: ten thousand pages are three
    gigabytes and take minutes."""

    reports: int = 3_000
    bodies: int = 5_000

    @classmethod
    def told(cls, reports: int, bodies: int) -> Drawn:
        """So many, as usual where 0 is told."""
        return cls(reports or USUALLY_DRAWN.reports, bodies or USUALLY_DRAWN.bodies)


USUALLY_DRAWN = Drawn()

Row = dict[str, Any]


class Source:
    """One connection to the published file, with the tables of prepare.sql."""

    def __init__(self, con: duckdb.DuckDBPyConnection, stage: Path) -> None:
        self.con, self.stage = con, stage

    def rows(self, sql: str, *parameters: object) -> list[Row]:
        found = self.con.execute(sql, list(parameters))
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

    def text_prints(self) -> dict[str, tuple[str, str]]:
        """By report, a fingerprint of its text and the file that holds it."""
        files = text_files(self.stage)
        if not files:
            return {}
        sql = "select report_id, md5(text || blocks), filename from read_parquet(?, filename = true)"
        return {report_id: (md5, file) for report_id, md5, file in self.con.execute(sql, [files]).fetchall()}

    def texts(self, report_ids: list[str], files: list[str]) -> dict[str, Row]:
        """Texts and their blocks by report, of these files."""
        if not files:
            return {}
        sql = "select report_id, text, blocks from read_parquet(?) where list_contains(?, report_id)"
        return {row["report_id"]: row for row in self.rows(sql, files, report_ids)}


def text_files(stage: Path) -> list[str]:
    return sorted(str(path) for path in (stage / "report_texts").glob("[!.]*.parquet"))


@contextmanager
def open_source(published: Path, stage: Path, prepared: Path, drawn: Drawn = USUALLY_DRAWN) -> Iterator[Source]:
    """Makes the prepared tables, then opens them. Raises WarehouseError where nothing is published."""
    with connect_read_only(published) as con:
        _attach(con, prepared, "read_write")
        sql = Path(__file__).with_name("prepare.sql").read_text(encoding="utf-8")
        for name, value in (
            ("$part", CHARACTERS_A_PAGE),
            ("$most", NUMBERS_A_PAGE),
            ("$reports", drawn.reports),
            ("$bodies", drawn.bodies),
            ("$labels", REFERENCE / "labels.csv"),
        ):
            sql = sql.replace(name, str(value).replace("'", "''"))
        con.execute(sql).fetchall()
    with reopened(published, stage, prepared) as source:
        yield source


@contextmanager
def reopened(published: Path, stage: Path, prepared: Path) -> Iterator[Source]:
    """As `open_source`, of tables that are made already."""
    with connect_read_only(published) as con:
        _attach(con, prepared, "read_only")
        yield Source(con, stage)


def _attach(con: duckdb.DuckDBPyConnection, prepared: Path, mode: str) -> None:
    con.execute(f"attach '{str(prepared).replace(chr(39), chr(39) * 2)}' as prepared ({mode})").fetchall()
    con.execute("set enable_progress_bar = false").fetchall()
    name = con.execute("select current_database()").fetchall()[0][0].replace('"', '""').replace("'", "''")
    con.execute(f"""set search_path = '"{name}".main,prepared.main'""").fetchall()


def batches(rows: list[Row], size: int) -> Iterator[list[Row]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def grouped(rows: list[Row], key: str) -> dict[Any, list[Row]]:
    """Rows by the value of one column, in the order in which they came."""
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[key], []).append(row)
    return groups
