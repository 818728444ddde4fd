"""The real reports: prose whole, every cell of every statutory table in place."""

import json
from pathlib import Path

import pytest

from pipelines.reading import Document, read

SHARED = Path(__file__).parents[3] / "shared"
PDFS = ("hongze-district-2023", "hongze-district-2024", "huaian-city-2024")

pytestmark = pytest.mark.skipif(not (SHARED / "reports").is_dir(), reason=f"no shared reports at {SHARED}")


def grids_of(document: Document) -> list[list[list[str | None]]]:
    return [[[cell and cell.text for cell in row] for row in table.grid()] for table in document.tables]


@pytest.fixture(params=PDFS)
def pdf(request: pytest.FixtureRequest) -> tuple[str, Document]:
    return request.param, read(SHARED / "reports" / f"{request.param}.pdf")


def test_each_statutory_table_is_one_grid_though_pages_cut_it(pdf: tuple[str, Document]) -> None:
    name, document = pdf
    sizes = [(len(grid), len(grid[0])) for grid in grids_of(document)]
    assert sizes == [(14, 4), (28 if name.startswith("huaian") else 26, 10), (4, 15)]
    assert all(None not in row for grid in grids_of(document) for row in grid)


def test_cells_hold_the_labelled_values_in_the_order_of_the_form(pdf: tuple[str, Document]) -> None:
    name, document = pdf
    lines = (SHARED / "gold" / "forms" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [json.loads(line) for line in lines[1:]]
    wanted = [g["value"] / (10_000 if g["unit"] == "元" else 1) for g in gold if g["value"] is not None]
    printed = [cell.text for table in document.tables for cell in table.cells]
    found = [float(text) for text in printed if text.replace(".", "", 1).isdigit()]
    assert found == pytest.approx(wanted)


def test_labels_cut_by_lines_pages_and_vertical_type_come_out_whole(pdf: tuple[str, Document]) -> None:
    labels = {cell.text for table in pdf[1].tables for cell in table.cells}
    assert {"三、本年度办理结果", "（三）不予公开", "（四）无法提供", "（五）不予处理", "未经复议直接起诉"} <= labels
    assert "5.要求行政机关确认或重新出具已获取信息" in labels


def test_prose_holds_no_page_numbers_and_sentences_run_over_lines(pdf: tuple[str, Document]) -> None:
    document = pdf[1]
    prose = [document.text[b.start : b.end] for b in document.blocks if b.kind != "table"]
    assert not any(text.strip(" -0123456789") == "" for text in prose)
    assert any("《中华人民共和国政府信息公开条例》" in text for text in prose)
    headings = [document.text[b.start : b.end] for b in document.blocks if b.kind == "heading"]
    assert [h for h in headings if h[1] == "、"] == [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]


@pytest.mark.parametrize("path", sorted((SHARED / "reports").glob("*.txt")), ids=lambda path: path.stem)
def test_text_files_are_kept_to_the_letter_and_hold_no_invented_tables(path: Path) -> None:
    document = read(path)
    assert document.text == path.read_bytes().decode("utf-8-sig")
    assert document.tables == ()
