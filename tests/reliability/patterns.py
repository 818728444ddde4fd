"""All regular expressions that the package compiles, and how long the slowest takes on text made against it.

`python -m tests.reliability.patterns` tells each before it is tried, and then the unit of the text that it takes longest
for, with the seconds for such a text at two lengths. A process of its own, since patterns are noted while the package is imported and used.
"""

from __future__ import annotations

import ast
import importlib
import itertools
import json
import pkgutil
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import regex
from regex import _main

PACKAGE = Path(__file__).resolve().parent.parent.parent / "pipelines"
SHORT, LONG = 1_000, 4_000
_SKIPPED = tuple(str(Path(module.__file__ or "").parent) for module in (re, regex))
_FILLERS = (
    "1",
    "一",
    "公",
    "a",
    " ",
    "\n",
    "(",
    "、",
    ",",
    ".",
    "-",
    "1,",
    "1.",
    "年",
    "2020年",
    "1 ",
    "公 ",
    "的,",
    "万",
    "<a ",
    "&#",
)


def note_all() -> dict[tuple[str, str, int], str]:
    """Imports and uses the package; library, text and flags of each pattern that it compiles, with the file that does."""
    found: dict[tuple[str, str, int], str] = {}

    def noting(library: str, compiles: Callable[..., Any]) -> Callable[..., Any]:
        def noted(pattern: Any, flags: int = 0, *others: Any) -> Any:
            made = compiles(pattern, flags, *others)
            file = _caller()
            if isinstance(made.pattern, str) and file.startswith(str(PACKAGE)):
                found[library, made.pattern, made.flags] = str(Path(file).relative_to(PACKAGE))
            return made

        return noted

    # What re.search, re.compile and the others all come to.
    vars(re)["_compile"] = noting("re", vars(re)["_compile"])
    vars(_main)["_compile"] = noting("regex", vars(_main)["_compile"])
    _use()
    for file, pattern in _literals():
        re.compile(pattern)
        found.setdefault(("re", pattern, int(re.compile(pattern).flags)), file)
    return found


def _caller() -> str:
    """The file of the nearest caller that is no library of patterns."""
    frame = sys._getframe(2)
    while frame.f_back and frame.f_code.co_filename.startswith(_SKIPPED):
        frame = frame.f_back
    return frame.f_code.co_filename


def _use() -> None:
    import pipelines

    for module in pkgutil.walk_packages(pipelines.__path__, "pipelines."):
        importlib.import_module(module.name)
    # Imported here, so that nothing of the package is compiled before it is noted.
    from tests.reliability.fuzzing import one
    from tests.reliability.seeds import SEEDS

    for suffix, data in SEEDS:
        one(bytes([suffix]) + data)


def _literals() -> Iterator[tuple[str, str]]:
    """Patterns that stand in a call of `re` in code which the seeds may not have come to."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                given = node.args[0]
                owner = node.func.value
                of_re = isinstance(owner, ast.Name) and owner.id == "re"
                if of_re and isinstance(given, ast.Constant) and isinstance(given.value, str):
                    yield str(path.relative_to(PACKAGE)), given.value


def against(pattern: str) -> Iterator[str]:
    """Beginnings of endless texts that nearly match: words of the pattern, alone, in turn, and before what goes on and on."""
    words = re.findall(r"[一-鿿A-Za-z0-9]{1,12}", re.sub(r"\\[a-zA-Z]|\(\?P?<?\w*[>:=!]|\{[\d,]+\}", " ", pattern))
    some = [words[len(words) * place // 5] for place in range(5)] if len(words) > 5 else words
    yield from _FILLERS
    yield from some
    yield "".join(some)
    yield "".join(some[:-1])
    yield "".join(f"{word}{filler}" for word, filler in zip(some, itertools.cycle("1 公"), strict=False))


def seconds(search: Callable[[str], Iterator[object]], text: str) -> float:
    started = time.process_time()
    for _ in search(text):
        pass
    return time.process_time() - started


def slowest(library: str, pattern: str, flags: int) -> tuple[float, float, str]:
    """Seconds for the long and for the short text that takes longest, and the unit that it repeats."""
    made: Any = (re if library == "re" else regex).compile(pattern, flags)  # type: ignore[attr-defined]
    found = []
    for unit in dict.fromkeys(filter(None, against(pattern))):
        once = seconds(made.finditer, (unit * (SHORT // len(unit) + 1))[:SHORT])
        found.append((once, unit))
    once, unit = max(found)
    return seconds(made.finditer, (unit * (LONG // len(unit) + 1))[:LONG]), once, unit


def main() -> None:
    found = note_all()
    for (library, pattern, flags), file in found.items():
        print(json.dumps({"file": file, "pattern": pattern}, ensure_ascii=False), flush=True)
        long, short, unit = slowest(library, pattern, flags)
        print(json.dumps({"unit": unit, "long": long, "short": short}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
