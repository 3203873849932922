"""Reading papers back: every text and every risk in a Word, Excel or text file, without trusting what wrote it."""

import io
import re
import zipfile
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def parts(data: bytes) -> dict[str, bytes]:
    """The files inside a Word or Excel file; any other file is itself."""
    if not data.startswith(b"PK"):
        return {"": data}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def text_of(data: bytes) -> str:
    """Everything a reader can find in a file: its text, alt texts and properties among it."""
    found = []
    for name, part in parts(data).items():
        if name.endswith((".xml", ".rels")):
            tree = ElementTree.fromstring(part)
            for element in tree.iter():
                found += [element.text or "", *element.attrib.values()]
        elif not name.endswith((".png", ".jpeg")):
            found.append(part.decode("utf-8", "replace"))
    return "\n".join(found)


def word_tables(data: bytes) -> list[list[list[str]]]:
    """The tables of a Word file as rows of cells."""
    body = ElementTree.fromstring(parts(data)["word/document.xml"])
    return [[_cells(row) for row in table.iter(f"{W}tr")] for table in body.iter(f"{W}tbl")]


def _cells(row) -> list[str]:
    return ["".join(text.text or "" for text in cell.iter(f"{W}t")) for cell in row.iter(f"{W}tc")]


def risks(data: bytes, own_formulas: re.Pattern | None = None) -> list[str]:
    """Formulas that are not ours, links, fields and outside parts of a file."""
    found = []
    for name, part in parts(data).items():
        if not name.endswith((".xml", ".rels")):
            continue
        tree = ElementTree.fromstring(part)
        for element in tree.iter():
            tag = element.tag.rsplit("}", 1)[-1]
            if tag in ("hyperlink", "fldSimple", "object", "altChunk", "attachedTemplate", "externalLink", "ddeLink"):
                found.append(f"{name}: {tag}")
            if tag == "instrText" and element.text != "PAGE":
                found.append(f"{name}: field {element.text}")
            if (
                tag == "f"
                and element.tag.startswith(S)
                and not (own_formulas and own_formulas.fullmatch(element.text or ""))
            ):
                found.append(f"{name}: formula {element.text}")
            if tag == "Relationship" and element.attrib.get("TargetMode") == "External":
                found.append(f"{name}: outside {element.attrib.get('Target')}")
    return found


OWN_FORMULAS = re.compile(
    r'SUM\([A-Z]+\d+:[A-Z]+\d+\)|IF\(F\d+="","",ROUND\(F\d+\*G\d+,2\)\)|kilos!\$?[A-Z]+\$?\d+'
    r'|IF\([A-Z]+(\d+)="",[A-Z]+\d+,MIN\([A-Z]+\d+,[A-Z]+\d+\)\)'
)
