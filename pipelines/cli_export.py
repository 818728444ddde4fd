"""`gongkai export`: a view of the published warehouse as a file, with a codebook beside it."""

from __future__ import annotations

from pathlib import Path

from rich.text import Text

from pipelines.cli_output import complain, output, print_json
from pipelines.exporting import FORMATS, ExportError, export
from pipelines.places import Places
from pipelines.warehousing import WarehouseError, connect_read_only


def export_view(places: Places, view: str, kind: str | None, out: Path | None, *, quiet: bool, as_json: bool) -> int:
    """Writes the files and says where; returns the exit status. The format is that of `out` where none is named."""
    kind = kind or (out.suffix.removeprefix(".").lower() if out is not None else "csv")
    if kind not in FORMATS:
        return complain(f"No format is named by {out}. Add --format {', '.join(FORMATS)}.", 2)
    target = Path(f"{view}.{kind}") if out is None else out
    try:
        with connect_read_only(places.published) as con:
            codebook, beside = export(con, view, kind, target)
    except (WarehouseError, ExportError) as error:
        return complain(str(error))
    columns = len(codebook.variables)
    if as_json:
        print_json({"file": target, "codebook": beside, "view": view, "rows": codebook.rows, "variables": columns})
    elif not quiet:
        console = output()
        console.print(Text(f"{target}: {codebook.rows:,} rows of {view}, {columns} variables"), soft_wrap=True)
        console.print(Text(f"{beside}: the codebook, in Chinese and English"), soft_wrap=True)
    return 0
