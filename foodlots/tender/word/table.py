"""A table of a Word paper as XML: a header row that repeats on each page, rows that never break, its words."""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

SHADE = "E4EFE9"
TWIPS = 567  # twentieths of a point in a centimetre


def table_element(
    about: str,
    lines: Sequence[Sequence[str]],
    numbers: Sequence[int],
    widths: Sequence[float],
    size: float,
    strong: Sequence[int],
):
    """The table, its first line the header; columns at `numbers` stand right, `strong` rows are bold; widths in cm."""
    grid = "".join(f'<w:gridCol w:w="{round(width * TWIPS)}"/>' for width in widths)
    rows = "".join(
        _row(line, number == 0, number in strong, numbers, widths, size) for number, line in enumerate(lines)
    )
    words = quoteattr(about)
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{round(sum(widths) * TWIPS)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" '
        f'w:noVBand="1"/><w:tblCaption w:val={words}/><w:tblDescription w:val={words}/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(
    line: Sequence[str], header: bool, bold: bool, numbers: Sequence[int], widths: Sequence[float], size: float
) -> str:
    repeated = "<w:tblHeader/>" if header else ""
    cells = "".join(_cells(line, bold, numbers, widths, size))
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"


def _cells(
    line: Sequence[str], bold: bool, numbers: Sequence[int], widths: Sequence[float], size: float
) -> Iterator[str]:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>' if bold else ""
    run = f'<w:rPr>{"<w:b/>" if bold else ""}<w:sz w:val="{round(size * 2)}"/></w:rPr>'
    for column, text in enumerate(line):
        side = '<w:jc w:val="right"/>' if column in numbers else ""
        yield (
            f'<w:tc><w:tcPr><w:tcW w:w="{round(widths[column] * TWIPS)}" w:type="dxa"/>{shade}</w:tcPr>'
            f'<w:p><w:pPr><w:spacing w:after="20"/>{side}</w:pPr>'
            f'<w:r>{run}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:tc>'
        )
