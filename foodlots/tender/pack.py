"""The tender pack: every paper, for whom it is, and the one way they are written. To add one, add a line here."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import chain
from pathlib import Path

from foodlots.tender.brief import Tender
from foodlots.tender.excel.lists import lists, lots_csv, quantities_csv
from foodlots.tender.excel.pricing import pricing_schedule
from foodlots.tender.ocds import release_package
from foodlots.tender.record import record_files
from foodlots.tender.sheets import lot_sheets
from foodlots.tender.terms import write_terms
from foodlots.tender.text import file_stem
from foodlots.tender.word.invitation import invitation
from foodlots.tender.word.one_pager import lots_for_farmers, sheet_for_producer
from foodlots.tender.word.paper import STILL
from foodlots.tender.word.reasons import reasons_on_file
from foodlots.tender.word.schedule import lot_schedule

PUBLIC, BUYER, PRODUCERS = "publish", "buyer-only", "to-producers"
WHOM = {
    PUBLIC: "to publish: no producer is named in it and no producer's price is in it",
    BUYER: "for the buyer alone: it may name bidders, prices and costs",
    PRODUCERS: "each for the producer it is named after, and nobody else: no price of others is in it",
}


@dataclass(frozen=True)
class Document:
    """One kind of paper: its file (or folder of files), for whom, and what makes it."""

    name: str
    whom: str
    title: str
    make: Callable[[Tender], bytes]


DOCUMENTS = (
    Document("invitation.docx", PUBLIC, "Invitation to tender", invitation),
    Document("lot-schedule.docx", PUBLIC, "Lot schedule with maps", lot_schedule),
    Document("lots-and-quantities.xlsx", PUBLIC, "Lots, kitchens and kilos by month", lists),
    Document("lots.csv", PUBLIC, "The lots as CSV", lots_csv),
    Document("quantities.csv", PUBLIC, "Kilos by lot, product and month as CSV", quantities_csv),
    Document("release-package.json", PUBLIC, "Open data: OCDS release package", release_package),
    Document("lots-for-farmers.docx", PUBLIC, "A plain page for each lot, for farmers and makers", lots_for_farmers),
    Document("reasons-for-the-file.docx", BUYER, "Law checks and reasons for the file", reasons_on_file),
)  # fmt: skip


def papers(tender: Tender) -> Iterator[tuple[str, bytes]]:
    """Every paper of the tender, one after another: its path in the pack and its bytes."""
    for document in DOCUMENTS:
        yield f"{document.whom}/{document.name}", document.make(tender)
    yield from schedules(tender)
    for path, data in record_files(tender):
        yield f"{BUYER}/record/{path}", data
    yield f"{BUYER}/record/terms.toml", write_terms(tender.terms).encode("utf-8")
    yield f"{BUYER}/record/law.toml", tender.law.text.encode("utf-8")


def schedules(tender: Tender) -> Iterator[tuple[str, bytes]]:
    """A pricing schedule for each lot."""
    taken: set[str] = set()
    for sheet in lot_sheets(tender):
        stem = file_stem(f"pricing-{sheet.lot.id}", taken)
        yield f"{PUBLIC}/pricing/{stem}.xlsx", pricing_schedule(sheet)


def producers_sheets(tender: Tender) -> Iterator[tuple[str, bytes]]:
    """A sheet for each producer that offers anything or sells for members."""
    offering = {offer.producer for offer in tender.case.offers}
    taken: set[str] = set()
    for producer in tender.case.producers.values():
        if producer.id in offering or any(producer.id in other.member_of for other in tender.case.producers.values()):
            yield f"{PRODUCERS}/{file_stem(producer.id, taken)}.docx", sheet_for_producer(tender, producer.id)


def write_pack(tender: Tender, folder: Path, made: datetime | None = None, producers: bool = False) -> list[str]:
    """Write every paper under the folder, and manifest.json with the hash of each; gives the paths written.

    `producers`: also a sheet for each producer. Two packs of one plan with the same terms are the same bytes but for
    the time in manifest.json.
    """
    hashes = {}
    for path, data in chain(papers(tender), producers_sheets(tender) if producers else ()):
        put_bytes(folder / path, data)
        hashes[path] = sha256(data).hexdigest()
    made = made or datetime.now(UTC)
    manifest = {
        "made": made.isoformat(timespec="seconds"),
        "plan": tender.fingerprint,
        "illustrative": tender.settings.case.illustrative,
        "for": WHOM,
        "sha256": dict(sorted(hashes.items())),
    }
    put_bytes(folder / "manifest.json", (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode("utf-8"))
    return [*hashes, "manifest.json"]


def pack_archive(tender: Tender) -> bytes:
    """Every paper in one zip file: the same bytes for the same plan and terms."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in papers(tender):
            entry = zipfile.ZipInfo(path, STILL)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return stream.getvalue()


def put_bytes(path: Path, data: bytes) -> None:
    """Put the bytes in the file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
