"""The published file in the hands of an older DuckDB, as other people's tools bring it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.warehousing import connect_read_only

OLD = "duckdb==1.5.*"
ASK = """
import json, sys
sys.path.insert(0, sys.argv[1])
import duckdb
con = duckdb.connect(sys.argv[2], read_only=True)
tables = "select table_name from duckdb_tables() union all select view_name from duckdb_views() where not internal"
names = [name for (name,) in con.execute(tables).fetchall()]
told = {name: con.execute(f'select count(*) from "{name}"').fetchone()[0] for name in names}
commented = "select count(*) from duckdb_columns() where table_name = 'facts' and comment is not null"
comments = con.execute(commented).fetchone()[0]
print(json.dumps([duckdb.__version__, told, comments]))
"""


@pytest.fixture(scope="module")
def old_client(pytestconfig: pytest.Config) -> Path:
    """A folder with that version, kept among pytest's caches."""
    assert pytestconfig.cache is not None
    folder = Path(pytestconfig.cache.mkdir("duckdb-1.5"))
    if not (folder / "duckdb" / "__init__.py").exists():
        uv = Path(sys.executable).with_name("uv")
        command = [uv, "pip"] if uv.exists() else [sys.executable, "-m", "pip"]
        made = subprocess.run(
            [*command, "install", "--target", folder, OLD], capture_output=True, text=True, timeout=120, check=False
        )
        if made.returncode != 0:
            pytest.skip(
                f"NOT TESTED with an older client: {OLD} cannot be installed here: {made.stderr.strip()[-300:]}"
            )
    return folder


def test_duckdb_1_5_reads_everything_that_is_published(old_client: Path, sample_warehouse: Path) -> None:
    published = sample_warehouse / "gongkai.duckdb"
    command = [sys.executable, "-I", "-c", ASK, str(old_client), str(published)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stderr
    version, rows, comments = json.loads(run.stdout)
    assert version.startswith("1.5.")
    with connect_read_only(published) as con:
        ours = {name: con.sql(f"select count(*) from {name}").fetchall()[0][0] for name in rows}
        assert (comments,) in con.sql("select count(*) from duckdb_columns() where table_name = 'facts'").fetchall()
    assert rows == ours
    assert {"facts", "panel", "findings", "quantities"} <= set(rows)
