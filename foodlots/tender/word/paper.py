"""The one door for Word papers: styles, header rows, alt text, language; data goes in as text and nothing else."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from foodlots.tender.text import plain
from foodlots.tender.word.table import table_element

LANGUAGE = "en-GB"
FONT = "Arial"
GREEN = RGBColor(0x1F, 0x4D, 0x3A)  # contrast with white 9.6
WRITTEN = datetime(2000, 1, 1)  # a fixed date, so that equal plans are equal files
STILL = (2000, 1, 1, 0, 0, 0)
WIDTH_CM = 17.0  # between the margins of an A4 page


class Paper:
    """A Word document in the making."""

    def __init__(self, title: str, subject: str, footer: str, banner: str = ""):
        self._document = docx.Document()
        self._set_up_page()
        self._set_up_styles()
        self._set_properties(title, subject)
        self._set_footer(footer)
        if banner:
            self._set_header(banner)
        self._document.add_paragraph(plain(title), style="Title")

    def heading(self, text: str, level: int = 1, new_page: bool = False) -> None:
        """A heading of level 1 to 3."""
        paragraph = self._document.add_heading(plain(text), level)
        paragraph.paragraph_format.page_break_before = new_page

    def say(self, *paragraphs: str) -> None:
        """Paragraphs of plain text."""
        for text in paragraphs:
            self._document.add_paragraph(plain(text))

    def points(self, lines: Iterable[str]) -> None:
        """Lines with bullets."""
        for line in lines:
            self._document.add_paragraph(plain(line), style="List Bullet")

    def steps(self, lines: Sequence[str]) -> None:
        """Lines with numbers, counted from 1 in each list."""
        for number, line in enumerate(lines, 1):
            paragraph = self._document.add_paragraph(f"{number}. {plain(line)}")
            paragraph.paragraph_format.left_indent = Cm(0.6)
            paragraph.paragraph_format.first_line_indent = Cm(-0.6)

    def table(
        self,
        about: str,
        headings: Sequence[str],
        rows: Iterable[Sequence[object]],
        numbers: Sequence[int] = (),
        widths: Sequence[float] = (),
        size: float = 9,
        total: bool = False,
    ) -> None:
        """A table under a header row that repeats on each page; columns at `numbers` stand flush right.

        `about` is its alternative text · widths in cm · `total` sets the last row in bold.
        """
        lines = [tuple(map(plain, line)) for line in (headings, *rows)]
        widths = widths or [WIDTH_CM / len(headings)] * len(headings)
        last = len(lines) - 1
        body = self._document.element.body
        body.insert(
            len(body) - 1, table_element(plain(about), lines, numbers, widths, size, (0, last) if total else (0,))
        )
        self._document.add_paragraph().paragraph_format.space_after = Pt(2)

    def facts(self, about: str, pairs: Iterable[tuple[str, str]]) -> None:
        """What is what, in two columns."""
        self.table(about, ("Item", "Detail"), pairs, widths=(4.5, WIDTH_CM - 4.5))

    def picture(self, png: bytes, alt: str, width_cm: float = 12.0) -> None:
        """A picture with words for those who do not see it."""
        self._document.add_picture(io.BytesIO(png), width=Cm(width_cm))
        properties = self._document.inline_shapes[-1]._inline.docPr
        properties.set("descr", plain(alt))
        properties.set("name", f"Picture {len(self._document.inline_shapes)}")
        self._document.paragraphs[-1].paragraph_format.keep_with_next = True

    def data(self) -> bytes:
        """The document's bytes: the same for the same content, whenever it is written."""
        stream = io.BytesIO()
        self._document.save(stream)
        return _at_rest(stream.getvalue())

    def _set_up_page(self) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin, section.bottom_margin = Cm(2), Cm(1.8)

    def _set_up_styles(self) -> None:
        styles = self._document.styles
        _set_font(styles["Normal"], 10.5)
        styles["Normal"].paragraph_format.space_after = Pt(6)
        for name, size in (("Title", 22), ("Heading 1", 15), ("Heading 2", 12.5), ("Heading 3", 11)):
            _set_font(styles[name], size, GREEN, bold=True)
            styles[name].paragraph_format.keep_with_next = True
        _set_font(styles["List Bullet"], 10.5)
        defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
        language = defaults.find(qn("w:lang"))
        if language is None:
            language = OxmlElement("w:lang")
            defaults.append(language)
        for attribute in ("w:val", "w:eastAsia"):
            language.set(qn(attribute), LANGUAGE)

    def _set_properties(self, title: str, subject: str) -> None:
        properties = self._document.core_properties
        properties.title, properties.subject = plain(title)[:255], plain(subject)[:255]
        properties.author = properties.last_modified_by = "foodlots"
        properties.comments = ""
        properties.language = LANGUAGE
        properties.created = properties.modified = WRITTEN

    def _set_footer(self, text: str) -> None:
        paragraph = self._document.sections[0].footer.paragraphs[0]
        run = paragraph.add_run(plain(text) + " · page ")
        number = _page_number(paragraph)
        for each in (run, number):
            each.font.size = Pt(8)

    def _set_header(self, text: str) -> None:
        paragraph = self._document.sections[0].header.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(8)
        run = paragraph.add_run(plain(text))
        run.bold, run.font.size, run.font.color.rgb = True, Pt(9), RGBColor(0x9C, 0x2A, 0x00)


def _set_font(style, size: float, colour: RGBColor | None = None, bold: bool | None = None) -> None:
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(attribute), None)
    for attribute in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(attribute), FONT)
    if colour is not None:
        style.font.color.rgb = colour


def _page_number(paragraph):
    """A field of our own for the number of the page: the only field there is in any paper."""
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text or None
        run._r.append(element)
    return run


def _at_rest(data: bytes) -> bytes:
    """The archive with every file dated alike, so that the clock is not in it; its thumbnail is left out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, STILL)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return stream.getvalue()
