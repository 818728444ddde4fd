"""Files made to break readers: broken, huge, nested, wrongly declared, bombs, tricks with paths and names."""

# ruff: noqa: E501
from __future__ import annotations

import io
import os
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from pipelines.reading import limits
from tests.reliability.seeds import DOCX, HTML, MARKDOWN, PDF, TEXT

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SEEDS = {"txt": TEXT.encode(), "html": HTML.encode(), "pdf": PDF, "docx": DOCX, "md": MARKDOWN.encode()}


def files() -> Iterator[tuple[str, bytes]]:
    """Names and bytes, all names different."""
    for made in (_cut, _mislabelled, _texts, _pages, _word_files, _pdfs, _names):
        yield from made()


def _cut() -> Iterator[tuple[str, bytes]]:
    """Every format cut short, with bytes flipped, with rubbish before and behind, and doubled."""
    for kind, data in _SEEDS.items():
        for share in (1, 10, 50, 90, 99):
            yield f"cut/{share}.{kind}", data[: len(data) * share // 100]
        for place in (3, 33, 66, 97):
            broken = bytearray(data)
            at = len(data) * place // 100
            broken[at : at + 4] = bytes(byte ^ 0xFF for byte in broken[at : at + 4])
            yield f"flipped/{place}.{kind}", bytes(broken)
        yield f"before.{kind}", b"\0" * 100 + data
        yield f"behind.{kind}", data + b"\0\xff" * 500
        yield f"doubled.{kind}", data + data


def _mislabelled() -> Iterator[tuple[str, bytes]]:
    """Every format under every other's suffix, and formats that are not read."""
    for kind, data in _SEEDS.items():
        for suffix in ("txt", "html", "pdf", "docx", "md", "exe", "csv"):
            if suffix != kind:
                yield f"as/{kind}.{suffix}", data
    for name, head in {"doc": b"\xd0\xcf\x11\xe0", "rtf": b"{\\rtf1 ", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff", "gz": b"\x1f\x8b",
                       "rar": b"Rar!\x1a\x07", "7z": b"7z\xbc\xaf'\x1c", "tif": b"II*\0", "mht": b"MIME-Version: 1.0"}.items():  # fmt: skip
        yield f"foreign/{name}.{name}", head + b"\1" * 64
        yield f"foreign/{name}.txt", head + b"\1" * 64


def _texts() -> Iterator[tuple[str, bytes]]:
    yield "text/none.txt", b""
    yield "text/blank.txt", b" \n\t\r\n" * 50
    yield "text/mark.txt", b"\xef\xbb\xbf"
    yield "text/zeros.txt", b"\0" * 10_000
    yield "text/random.txt", bytes((i * 7919 + i // 3) % 256 for i in range(20_000))
    yield "text/control.txt", bytes(range(32)) * 300
    yield "text/surrogates.txt", TEXT.encode() + b"\xed\xa0\x80\xed\xb0\x80"
    yield "text/utf16-odd.txt", TEXT.encode("utf-16-le")[:-1]
    yield "text/bidi.txt", ("\u202e" + TEXT + "\u2066").encode()
    yield "text/one-line.txt", (TEXT.replace("\n", "") * 500).encode()
    yield "text/number.txt", ("公开信息" + "9" * 200_000 + "条。").encode()
    yield "text/han-number.txt", ("公开信息" + "九千" * 20_000 + "条。").encode()
    yield "text/brackets.txt", ("(" * 50_000 + "公开信息3条" + ")" * 50_000).encode()
    yield "text/quotes.txt", ("《" * 30_000).encode()
    yield "text/sql.txt", (TEXT + "'; drop table reports; --公开信息5条。").encode()
    yield "text/markup.txt", (TEXT + "<script>alert(1)</script>[red]公开信息5条[/red]{{ 7*7 }}").encode()
    yield "text/pipes.md", ("|" * 5_000 + "\n").encode() * 20
    yield "text/wide.md", ("|" + "a|" * 1_000 + "\n|" + "-|" * 1_000 + "\n").encode()
    yield "text/tall.md", ("|a|b|\n|-|-|\n" + "|1|2|\n" * 6_000).encode()
    yield "text/tabs.txt", ("1\t" * 2_000 + "\n").encode() * 30
    yield "text/large.txt", b"\n" * (limits.MAX_BYTES + 1)
    yield "text/long.txt", ("公" * (limits.MAX_CHARACTERS + 1)).encode()


def _pages() -> Iterator[tuple[str, bytes]]:
    deep, table = 20_000, "<table><tr><td>"
    bodies = {
        "deep": "<div>" * deep + TEXT,
        "tables": table * 3_000 + TEXT,
        "spans": f"<table><tr><td rowspan=999999999 colspan=999999999>{TEXT}</td><td>1</td></tr><tr><td>2</td></tr></table>",
        "negative": "<table><tr><td rowspan=-5 colspan=x>公开</td><td>1</td></tr><tr><td>2</td><td>3</td></tr></table>"
        + TEXT,
        "wide": "<table><tr>" + "<td>1</td>" * 3_000 + "</tr></table>" + TEXT,
        "tall": "<table>" + "<tr><td>1</td><td>2</td></tr>" * 6_000 + "</table>" + TEXT,
        "many": "<p>x" * 310_000,
        "attributes": "<p " + " ".join(f"a{i}=1" for i in range(20_000)) + ">" + TEXT,
        "comment": "<!--" + TEXT,
        "script": "<script>document.write(1)</script>",
        "frame": "<iframe src='file:///etc/passwd'></iframe>",
        "entities": "&lt;" * 30_000 + "&#x110000;&#0;&#xD800;" + TEXT,
        "base": "<base href='http://127.0.0.1:1/'><link rel=stylesheet href=x><img src=y>" + TEXT,
    }
    for name, body in bodies.items():
        yield f"pages/{name}.html", f"<html><body>{body}</body></html>".encode()
    for encoding in ("utf-7", "utf-16", "ebcdic", "gb2312", "x" * 300):
        yield f"pages/says-{encoding[:8]}.html", f"<html><meta charset='{encoding}'><p>{TEXT}</p></html>".encode()
    entity = '<!DOCTYPE html [<!ENTITY a "公开信息"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    yield "pages/entity.xhtml", f'<?xml version="1.0"?>{entity}<html><body><p>&x;&a;{TEXT}</p></body></html>'.encode()


def _word_files() -> Iterator[tuple[str, bytes]]:
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "笑"}">' for i in range(10))
    bodies = {
        "laughs": f"<!DOCTYPE d [{laughs}]><w:document {W}><w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>",
        "outside": f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document {W}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>',
        "dtd": f'<!DOCTYPE d SYSTEM "http://127.0.0.1:1/x.dtd"><w:document {W}><w:body/></w:document>',
        "deep": f"<w:document {W}><w:body>" + "<w:p>" * 5_000 + "</w:p>" * 5_000 + "</w:body></w:document>",
        "tables": f"<w:document {W}><w:body>" + "<w:tbl><w:tr><w:tc>" * 80 + "</w:tc></w:tr></w:tbl>" * 80 + "</w:body></w:document>",
        "spans": f'<w:document {W}><w:body><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr></w:tc><w:tc/></w:tr></w:tbl></w:body></w:document>',
        "tall": f"<w:document {W}><w:body><w:tbl>" + "<w:tr><w:tc/></w:tr>" * 6_000 + "</w:tbl></w:body></w:document>",
        "no-body": f"<w:document {W}/>",
        "other": "<html><body>x</body></html>",
        "not-xml": "公开信息3条",
        "empty": "",
    }  # fmt: skip
    for name, xml in bodies.items():
        yield f"word/{name}.docx", zipped({"word/document.xml": xml.encode()})
    yield "word/no-part.docx", zipped({"word/other.xml": b"<a/>"})
    yield "word/bomb.docx", zipped({"word/document.xml": b"<a>" + b" " * 30_000_000})
    yield "word/many-bombs.docx", zipped({f"word/document{i}.xml": b" " * 900_000 for i in range(340)})
    yield "word/paths.docx", zipped({"../../../../tmp/gongkai-escaped": b"x", "/etc/gongkai": b"x", "word/x": b"x"})
    yield "word/twice.docx", zipped({"word/document.xml": b"<a/>"}) + DOCX
    yield "word/sheet.docx", zipped({"xl/workbook.xml": b"<a/>"})
    lies = bytearray(zipped({"word/document.xml": b"<a>" + b" " * 3_000_000}))
    at = lies.rindex(b"PK\x01\x02")
    lies[at + 24 : at + 28] = (100).to_bytes(4, "little")
    yield "word/lies.docx", bytes(lies)
    locked = bytearray(DOCX)
    for mark, step in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = locked.find(mark)
        locked[at + step] |= 1
    yield "word/locked.docx", bytes(locked)


def _pdfs() -> Iterator[tuple[str, bytes]]:
    bomb = zlib.compress(b"\0" * 320_000_000, 9)
    yield (
        "pdf/bomb.pdf",
        PDF[:60]
        + b"9 0 obj << /Length 1 /Filter /FlateDecode >>\nstream\n"
        + bomb
        + b"\nendstream\nendobj\n"
        + PDF[60:],
    )
    yield "pdf/head.pdf", b"%PDF-1.7\n"
    yield "pdf/no-pages.pdf", PDF.replace(b"/Kids [", b"/Kits [")
    yield "pdf/own-parent.pdf", PDF.replace(b"/Kids [6 0 R", b"/Kids [2 0 R")
    yield "pdf/endless.pdf", PDF.replace(b"/Parent 2 0 R", b"/Parent 6 0 R").replace(b"/Count 2", b"/Count 2000000000")
    yield "pdf/huge-box.pdf", PDF.replace(b"[0 0 595 842]", b"[0 0 9e9 -9e9]")
    yield "pdf/many-pages.pdf", PDF.replace(b"6 0 R", b"6 0 R " * 600)
    yield "pdf/no-font.pdf", PDF.replace(b"/STSong-Light", b"/../../etc/pw")
    yield "pdf/action.pdf", PDF.replace(b"/Type /Catalog", b"/Type /Catalog /OpenAction << /S /Launch /F (x) >>")
    yield (
        "pdf/locked.pdf",
        PDF.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /Standard /V 4 /R 4 /O <00> /U <00> /P -1 >>"),
    )


def _names() -> Iterator[tuple[str, bytes]]:
    """Good reports under names that are hard to print, to quote or to store."""
    for name in ("it's.txt", 'say "x".txt', "a;drop table reports;--.txt", "a\nb.txt", "a\tb.txt", "<b>x&amp;.txt", "[red]x[-red].txt", "😀.txt",
                 "$(touch x).txt", "`id`.txt", "%s%n.txt", "{0}.txt", "-rf.txt", "*.txt", "a\\b.txt", " .txt", "青" * 83 + "ab.txt", "x" * 251 + ".txt",
                 "con.txt", "a|b.txt", "\u202etxt.exe.txt", "e\u0301.txt", "\u00e9.txt", "a.b.c.d.txt", "无后缀"):  # fmt: skip
        yield f"names/{name}", TEXT.encode()


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def write(inbox: Path, secret: Path) -> int:
    """Writes all of them, with links and a pipe; how many that came to."""
    count = 0
    for name, data in files():
        path = inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        count += 1
    for name, target in {"out.txt": secret, "up.txt": Path("../../secret.txt"), "passwd.txt": Path("/etc/passwd"),
                         "itself.txt": Path("itself.txt"), "nowhere.txt": Path("gone"), "folder": Path("/")}.items():  # fmt: skip
        (inbox / f"link-{name}").symlink_to(target)
        count += 1
    os.mkfifo(inbox / "pipe.txt")
    deep = inbox / "/".join(["d"] * (limits.MAX_FOLDERS_DEEP + 3))
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text(TEXT, encoding="utf-8")
    return count + 2
