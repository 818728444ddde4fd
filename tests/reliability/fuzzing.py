"""Fuzzing of all readers and of the extractor: `make fuzz`, or `python -m tests.reliability.fuzzing --seconds 60`.

Mutations of seeds without guidance, or guided by coverage (`--guided`, with atheris, of group `fuzz`). A file is read or
refused with a reason; whatever else happens is a mistake of ours, and the bytes that brought it about are kept.
"""

from __future__ import annotations

import argparse
import gc
import importlib.util
import io
import random
import re
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path
from types import FunctionType

from pipelines.extraction.whole import extract_document
from pipelines.inbox import InboxFile
from pipelines.reading import ReadingError, read_bytes
from pipelines.report_rows import report_rows
from tests.reading.conftest import check_promises
from tests.reliability.seeds import SEEDS

SUFFIXES = (".txt", ".html", ".pdf", ".docx", ".md", "")
_TOKENS = (
    b"<table>", b"<td rowspan=99999 colspan=99999>", b"<td>", b"</table>", b"<!--", b"<![CDATA[", b"&#x110000;", b"\0",
    b"|---|", b"|", b"\t", b"\r\n", b"endstream", b"stream\r\n", b"/Length 99999999", b"/Filter /FlateDecode", b"xref",
    b"PK\x01\x02", b"PK\x05\x06", b"<w:tbl>", b"<w:gridSpan w:val=\"9999999\"/>", b"<w:vMerge/>", b"\xff\xfe", b"\xef\xbb\xbf",
    "2020年".encode(), "公开信息99件".encode(), "比上年增加".encode(), "亿".encode(), "％".encode(), b"-", b"9" * 40,
)  # fmt: skip

_PROPERTIES = (
    b'<w:tcPr><w:gridSpan w:val="99999"/>', b'<w:tcPr><w:vMerge/>', b'<w:tcPr><w:vMerge w:val="restart"/>',
    b'<w:tcPr><w:hMerge w:val="continue"/>', b'<w:tcPr><w:gridSpan w:val="-1"/>', b"<w:tcPr>",
)  # fmt: skip


def one(data: bytes) -> str:
    """Reads bytes as a run would, the first of them naming the suffix; what became of them. Raises on a mistake."""
    suffix = SUFFIXES[data[0] % len(SUFFIXES)] if data else ""
    try:
        document = read_bytes(data[1:], suffix)
    except ReadingError as error:
        assert str(error)
        return "refused"
    check_promises(document)
    reading = extract_document(document, f"a{suffix}")
    for quantity in reading.extraction.quantities:
        assert document.text[quantity.char_start : quantity.char_end] == quantity.surface or quantity.origin == "form"
    report_rows(InboxFile(f"a{suffix}", "0" * 64, len(data), document.kind), document, reading)
    return f"read as {document.kind}"


def mutate(data: bytes, dice: random.Random) -> bytes:
    """A seed, changed here and there."""
    made = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 4, 16, 64))):
        place = dice.randrange(len(made) + 1)
        match dice.randrange(6):
            case 0 if place < len(made):
                made[place] = dice.randrange(256)
            case 1:
                made[place:place] = dice.choice(_TOKENS)
            case 2:
                del made[place : place + dice.choice((1, 8, 200))]
            case 3:
                start = dice.randrange(len(made) + 1)
                made[place:place] = made[start : start + dice.choice((4, 50, 500))]
            case 4 if place < len(made):
                made[place] ^= 1 << dice.randrange(8)
            case _:
                made[place:place] = dice.choice(_TOKENS) * dice.choice((1, 3, 50))
    return bytes(made[:60_000])


def mutate_docx(data: bytes, dice: random.Random) -> bytes:
    """A DOCX whose parts are changed, and whose archive is whole."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in ("word/document.xml", "word/styles.xml"):
            part = old.read(name)
            cut = part.index(b"<w:body>") if b"<w:body>" in part else 0
            new.writestr(name, part[:cut] + _shuffled(part[cut:], dice))
    return out.getvalue()


def _shuffled(part: bytes, dice: random.Random) -> bytes:
    """Elements doubled, dropped and put elsewhere, mostly still well formed; sometimes any bytes."""
    if dice.random() < 0.2:
        return mutate(part, dice)
    pieces = re.split(rb"(?=<w:(?:p|tr|tc|tbl|r)[ >])", part)
    for _ in range(dice.choice((1, 2, 5))):
        place, piece = dice.randrange(len(pieces)), dice.choice(pieces)
        pieces[place] += (
            piece if piece.endswith(b">") and piece.count(b"<w:") == piece.count(b"</w:") else b"<w:gridSpan/>"
        )
        pieces[place] = pieces[place].replace(b"<w:tcPr>", dice.choice(_PROPERTIES), 1)
    return b"".join(pieces)


def without_guidance(seconds: float, seed: int) -> Counter[str]:
    """Mutates seeds for so long; counts what became of them."""
    dice, end, found = random.Random(seed), time.monotonic() + seconds, Counter[str]()
    while time.monotonic() < end:
        which = dice.randrange(len(SEEDS))
        suffix = which % len(SUFFIXES) if dice.random() < 0.2 else SEEDS[which][0]
        data = bytes([suffix]) + _changed(SEEDS[which], dice)
        found[told(data)] += 1
    return found


def _changed(seed: tuple[int, bytes], dice: random.Random) -> bytes:
    zipped = seed[1].startswith(b"PK") and dice.random() < 0.8
    return mutate_docx(seed[1], dice) if zipped else mutate(seed[1], dice)


def told(data: bytes) -> str:
    """What `one` tells; bytes that it trips over are kept and named."""
    try:
        started = time.monotonic()
        told = one(data)
        return told if time.monotonic() - started < 30 else "took more than 30 seconds"
    except BaseException:
        with tempfile.NamedTemporaryFile(prefix="gongkai-fuzz-", suffix=".bin", delete=False) as file:
            file.write(data)
        print(f"A mistake; its bytes are in {file.name}", file=sys.stderr)
        raise


def with_guidance(seconds: float, seed: int) -> None:
    """Hands over to atheris, which ends the process."""
    import atheris

    folder = Path(tempfile.mkdtemp(prefix="gongkai-fuzz-"))
    for number, (suffix, data) in enumerate(SEEDS):
        (folder / str(number)).write_bytes(bytes([suffix]) + _unpacked(data))
    for function in _our_functions():
        atheris.instrument_func(function)
    options = [
        f"-max_total_time={seconds:.0f}",
        f"-seed={seed}",
        f"-artifact_prefix={folder}/",
        "-max_len=20000",
        "-timeout=60",
        "-rss_limit_mb=4096",
    ]
    atheris.Setup(
        [sys.argv[0], *options, "-print_final_stats=1", str(folder)], lambda data: told(_packed(data)) and None
    )
    atheris.Fuzz()


def _unpacked(data: bytes) -> bytes:
    """The text part of a DOCX, other bytes as they are: a packed file with one byte changed is only refused."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml")


def _packed(data: bytes) -> bytes:
    """The part as a DOCX again, under the suffix of one."""
    if not data or SUFFIXES[data[0] % len(SUFFIXES)] != ".docx" or data[1:3] == b"PK":
        return data
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", data[1:])
    return data[:1] + out.getvalue()


def _our_functions() -> list[FunctionType]:
    """The functions and methods of the package that are loaded; all of every library would take minutes to instrument."""
    found = [item for item in gc.get_objects() if isinstance(item, FunctionType)]
    return [function for function in found if (function.__module__ or "").startswith("pipelines.")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--guided", action="store_true", help="by coverage, where atheris is installed")
    given = parser.parse_args()
    if given.guided and importlib.util.find_spec("atheris"):
        with_guidance(given.seconds, given.seed)
    if given.guided:
        print("atheris is not installed here: fuzzing without guidance.", file=sys.stderr)
    found = without_guidance(given.seconds, given.seed)
    print(f"{found.total():,} inputs in {given.seconds:.0f} seconds, seed {given.seed}, no mistake: {dict(found)}")


if __name__ == "__main__":
    main()
