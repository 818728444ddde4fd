"""How the command line prints: tables that fit 80 columns with Chinese aligned, numbers, complaints. Not here:
what is printed.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

WIDTH = 80
INTERRUPTED = 130


def output() -> Console:
    """Standard output; 80 columns where it is no terminal."""
    return Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False, soft_wrap=False)


def beside() -> Console:
    """Standard error, by a handle of its own: Dagster redirects the process's while a step runs."""
    stream = os.fdopen(os.dup(sys.stderr.fileno()), "w", encoding="utf-8", errors="backslashreplace")
    return Console(file=stream, width=None if stream.isatty() else WIDTH, highlight=False)


def complain(message: str, status: int = 1) -> int:
    """Says on standard error what is wrong; returns the exit status."""
    console = Console(stderr=True, width=None if sys.stderr.isatty() else 10_000, highlight=False)
    console.print(Text("gongkai: ", style="bold red") + Text(message))
    return status


def print_json(value: object) -> None:
    """One JSON document on standard output; in ASCII where that is not in Unicode, so that it stays JSON."""
    unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    print(json.dumps(value, ensure_ascii=not unicode, indent=2, default=str))


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]], numbers: Sequence[str] = ()) -> Table:
    """A plain table; the columns of `numbers` are set right, long words are folded. Cells are text, never markup."""
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    for column in columns:
        right = column in numbers
        made.add_column(Text(column), justify="right" if right else "left", overflow="fold", no_wrap=right)
    for row in rows:
        made.add_row(
            *(Text(shown(value) if name in numbers else plain(value)) for name, value in zip(columns, row, strict=True))
        )
    return made


def shown(value: Any) -> str:
    """A value as people read it: 143,212 and 99.96; nothing for NULL."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return plain(value)
    return f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"


def lasting(seconds: float) -> str:
    """A length of time as people say it: 1 second, 12 seconds, 3 minutes."""
    number, unit = (round(seconds), "second") if seconds < 90 else (round(seconds / 60), "minute")
    return f"{number:,} {unit}" + ("" if number == 1 else "s")


def plain(value: Any) -> str:
    """A value on one line, as it is: a year stays 2018."""
    return "" if value is None else " ".join(str(value).split())
