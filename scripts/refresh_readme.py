"""Puts into both READMEs what the commands and queries in them really answer, from the sample reports.

Between `<!-- summary -->` and `<!-- /summary -->` stands what `gongkai run` prints, behind a block of SQL and between
`<!-- answer -->` and `<!-- /answer -->` what it answers. A test compares. Run: .venv/bin/python scripts/refresh_readme.py
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

from pipelines.cli_output import plain, shown

PROJECT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh-CN.md")
_ANSWER = re.compile(r"```sql\n(.*?)```\n\n<!-- answer -->\n.*?<!-- /answer -->", re.DOTALL)
_SUMMARY = re.compile(r"<!-- summary -->\n.*?<!-- /summary -->", re.DOTALL)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = [str(Path(sys.executable).with_name("gongkai")), "run", "--warehouse", folder]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        for name in READMES:
            path = PROJECT / name
            path.write_text(refreshed(path.read_text(encoding="utf-8"), Path(folder), printed), encoding="utf-8")


def refreshed(text: str, warehouse: Path, printed: str) -> str:
    """A README with the answers that `warehouse` gives, and with the summary that its run printed."""
    summary = f"<!-- summary -->\n```text\n{_lasting(printed, warehouse)}\n```\n<!-- /summary -->"
    text = _SUMMARY.sub(lambda _: summary, text)
    with duckdb.connect(str(warehouse / "gongkai.duckdb"), read_only=True) as con:
        return _ANSWER.sub(lambda match: _answered(con, match[1]), text)


def queries(text: str) -> list[str]:
    return [match[1] for match in _ANSWER.finditer(text)]


def _lasting(printed: str, warehouse: Path) -> str:
    """What a run prints, without where and how long."""
    printed = printed.replace(str(warehouse), "warehouse")
    printed = re.sub(r"Published in [\d,]+ (seconds?|minutes?)", "Published in 5 seconds", printed)
    return "\n".join(line.rstrip() for line in printed.strip("\n").splitlines())


def _answered(con: duckdb.DuckDBPyConnection, sql: str) -> str:
    found = con.execute(sql)
    columns = [column[0] for column in found.description or ()]
    rows = [columns, ["---"] * len(columns), *([_cell(value) for value in row] for row in found.fetchall())]
    table = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    return f"```sql\n{sql}```\n\n<!-- answer -->\n{table}\n<!-- /answer -->"


def _cell(value: object) -> str:
    """143,212 for amounts, 2024 for years and codes, which are integers and text."""
    return (shown(value) if isinstance(value, float) else plain(value)).replace("|", "\\|")


if __name__ == "__main__":
    main()
