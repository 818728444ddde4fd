"""Bytes to characters. Here: which encoding a Chinese text file is in; not here: what the characters mean."""

from __future__ import annotations

import codecs
import re

from pipelines.reading.document import ReadingError

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UNUSUAL = re.compile(r"[^\t\n\r\x20-\x7e\u00a0-\u00ff\u2000-\u266f\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_CONTROL = bytes((*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F))
# Bytes of UTF-8 that each stand for one usual character: ASCII, and the first of those from U+5000 to U+9FFF.
_USUAL = b"\t\n\r" + bytes((*range(0x20, 0x7F), *range(0xE5, 0xEA)))
_SAMPLE = 200_000


def decode(data: bytes, declared: str = "") -> tuple[str, str]:
    """Text without its byte order mark, and the name of the encoding.

    A byte order mark decides; then the declared encoding if it decodes without an error; then UTF-8, UTF-16 by its
    pattern of zero bytes, GB18030; then whichever spoils the fewest characters. Raises ReadingError for other data.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(name, "replace")), name
    if b"\0" in data[:_SAMPLE]:
        return _decode_utf16(data)
    for name in dict.fromkeys((*_known(declared), "utf-8", "gb18030")):
        try:
            return _checked(data.decode(name)), name
        except UnicodeDecodeError:
            continue
    return _decode_damaged(data)


def _known(declared: str) -> tuple[str, ...]:
    """The declared encoding as Python names it. GB2312 and GBK pages use characters of GB18030; Latin-1 takes all."""
    declared = declared.strip().lower().replace("_", "-")
    if declared in ("gb2312", "gbk", "gb18030", "x-gbk", "gb-2312", "cp936", "gb2312-80"):
        return ("gb18030",)
    if declared in ("big5", "big5-hkscs", "utf-8", "utf8"):
        return (declared,)
    return ()


def _decode_utf16(data: bytes) -> tuple[str, str]:
    """UTF-16 without a mark: the byte order in which nearly every character is a usual one."""
    whole = data[: len(data) // 2 * 2]
    names = ("utf-16-le", "utf-16-be")
    share, name = max((_usual_share(whole[:_SAMPLE].decode(name, "replace")), name) for name in names)
    if share < 0.9:
        raise ReadingError("not a text file (it holds zero bytes); save the report as .docx, .pdf, .html or UTF-8 text")
    return _checked(whole.decode(name, "replace")), name


def _decode_damaged(data: bytes) -> tuple[str, str]:
    """The better of UTF-8 and GB18030 with U+FFFD for what is spoilt, as long as little is."""
    tries = [(data.decode(name, "replace"), name) for name in ("utf-8", "gb18030")]
    text, name = min(tries, key=lambda pair: pair[0].count("\ufffd"))
    if text.count("\ufffd") > max(3, len(text) // 200):
        raise ReadingError("not a text file in UTF-8, UTF-16 or GB18030; save it as UTF-8 text and put it in again")
    return _checked(text), name


def _checked(text: str) -> str:
    sample = text[:_SAMPLE]
    encoded = sample.encode("utf-8", "surrogatepass")
    unsure = encoded.translate(None, _USUAL)
    if len(unsure) - len(unsure.translate(None, _CONTROL)) > len(sample) // 100:
        raise ReadingError(
            "not a text file (it is full of control characters); save the report as .docx, .pdf or UTF-8 text"
        )
    # Bytes are counted ten times as fast as characters, and nearly always tell enough.
    if len(encoded) - len(unsure) < len(sample) * 0.7 and _usual_share(sample) < 0.7:
        raise ReadingError("not a readable text (most characters are none that Chinese uses); save it as UTF-8 text")
    return text


def _usual_share(text: str) -> float:
    return (len(text) - len(_UNUSUAL.findall(text))) / len(text) if text else 1.0
