"""Writers of test files: PDFs byte by byte, DOCX with python-docx, HTML. Bodies and figures in them are made up."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

import docx

PROSE = "青川州人民政府办公室编制本报告，所列数据由各单位报送汇总。"


@dataclass
class PdfPage:
    """A page of 595 by 842 points, y from the top."""

    drawing: list[str] = field(default_factory=list)

    def write(self, x: float, y: float, text: str, size: float = 12) -> "PdfPage":
        code = text.encode("utf-16-be").hex()
        self.drawing.append(f"BT /F1 {size} Tf {x} {842 - y} Td <{code}> Tj ET")
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> "PdfPage":
        self.drawing.append(f"{x0} {842 - y0} m {x1} {842 - y1} l S")
        return self

    def table(self, xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]]) -> "PdfPage":
        """A fully ruled table; a cell's text stands in its middle."""
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        for row, top, bottom in zip(rows, ys, ys[1:], strict=False):
            for text, left in zip(row, xs, strict=False):
                if text:
                    self.write(left + 4, (top + bottom) / 2 + 4, text, 10)
        return self


def pdf_bytes(pages: Sequence[PdfPage]) -> bytes:
    """A PDF with a Chinese font that is named and not embedded, so that a test needs no font."""
    count = len(pages)
    kids = " ".join(f"{6 + 2 * i} 0 R" for i in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} /MediaBox [0 0 595 842] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /DW 1000"
        " /W [1 [500] 2 94 500] /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
        " /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    ]
    for i, page in enumerate(pages):
        content = "\n".join(page.drawing)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> /Contents {7 + 2 * i} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, text in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{text}\nendobj\n".encode("ascii"))
    start = out.tell()
    entries = "".join(f"{place:010d} 00000 n \n" for place in places)
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{entries}".encode("ascii"))
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode("ascii"))
    return out.getvalue()


def docx_bytes(document: "docx.document.Document") -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def html_page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def html_table(rows: Sequence[Sequence[str]]) -> str:
    lines = ("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table>{''.join(lines)}</table>"
