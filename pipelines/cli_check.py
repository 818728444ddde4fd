"""`gongkai check`: what was found in drafts, printed, as JSON, or as a page. Not here: reading and auditing them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from pipelines.checking import Audited, Draft, audit, page, read_draft
from pipelines.cli_explain import marked
from pipelines.cli_output import complain, output, print_json, table
from pipelines.places import places
from pipelines.reading import ReadingError
from pipelines.warehousing import WarehouseError

RED, UNREADABLE = 1, 2


def check_files(
    files: tuple[Path, ...], *, quiet: bool, as_json: bool, warehouse: Path | None = None, page_file: Path | None = None
) -> int:
    """Prints what was found in each file; returns the exit status."""
    published = places(None, warehouse).published
    drafts: list[Draft] = []
    status = 0
    for number, path in enumerate(files, start=1):
        try:
            drafts.append(read_draft(path, number))
        except ReadingError as error:
            status = complain(f"{path}: {error}", UNREADABLE)
    try:
        # Without a warehouse a draft is checked by itself; one that was asked for must be there.
        before = published if warehouse is not None or published.exists() else None
        audited = [audit(draft, [other for other in drafts if other is not draft], before) for draft in drafts]
        if page_file is not None:
            page_file.write_text(page(audited), encoding="utf-8")
    except WarehouseError as error:
        return complain(str(error), UNREADABLE)
    except OSError as error:
        return complain(f"{page_file} cannot be written: {error.strerror}. Name another file with --page.", UNREADABLE)
    if as_json:
        print_json([_as_json(one) for one in audited])
    elif not quiet:
        for one in audited:
            _print(output(), one)
    return status or (RED if any(one.red for one in audited) else 0)


def _print(console: Console, audited: Audited) -> None:
    draft, report = audited.draft, audited.draft.report
    uncoded = sum(row["indicator"] is None for row in draft.numbers)
    console.print(Text(str(draft.path), style="bold"))
    console.print(
        table(
            ("", "read as"),
            [
                ("Title", report["title"] or "none found"),
                ("Body", " · ".join(part for part in (report["region_name"], report["body"]) if part) or "not known"),
                ("Year", report["report_year"] or "not known"),
                ("Form", report["form"]),
                ("Numbers", f"{len(draft.numbers):,}, {uncoded:,} of them without an indicator"),
                ("Last year", ", ".join(audited.compared_with) or "no report of this body to compare with"),
                ("Findings", _counts(audited)),
            ],
        )
    )
    for finding in audited.findings:
        style = "bold red" if finding["severity"] == "red" else "yellow"
        console.print(Text.assemble((finding["severity"], style), f" {finding['rule']}"))
        console.print(Text(f"  {finding['message']}"))
        console.print(Text(f"  {finding['message_zh']}"))
        _print_places(console, finding["places"])
        console.print()


def _print_places(console: Console, places: list[dict[str, Any]]) -> None:
    """Lines and words; the sentence once where several numbers stand in it."""
    quotes: dict[str, list[dict[str, Any]]] = {}
    for place in places:
        quotes.setdefault(place["quote"], []).append(place)
    for quote, numbers in quotes.items():
        words = ", ".join(number["surface"] or "(blank)" for number in numbers)
        console.print(Text(f"  line {numbers[0]['line']}: {words}", style="dim"))
        console.print(Text.assemble("    ", marked(quote, numbers[0]["surface"] or "")))


def _counts(audited: Audited) -> str:
    if not audited.findings:
        return "none: everything that was checked adds up"
    return f"{audited.red} red, {len(audited.findings) - audited.red} yellow"


def _as_json(audited: Audited) -> dict[str, Any]:
    draft = audited.draft
    return {
        "file": str(draft.path),
        "report": draft.report,
        "numbers": len(draft.numbers),
        "coded": sum(row["indicator"] is not None for row in draft.numbers),
        "compared_with": audited.compared_with,
        "findings": audited.findings,
    }
