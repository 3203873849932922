"""The producers' survey form: a workbook to send out, with the case's products and a column for each month."""

import io

from foodlots.calendar import NAMES
from foodlots.files.raw import RawCase
from foodlots.files.workbook import open_workbook, write_sheet
from foodlots.public.builder import rows_of

ABOUT, SUPPLY = "About you", "What you can supply"
QUESTIONS = (  # question, our column, help
    ("Name of your farm or business", "name", "as it should appear in the directory"),
    ("What you are", "kind", "farm, csa, processor, cooperative, hub or wholesaler"),
    ("Postcode", "postcode", "of the place you deliver from"),
    ("How far you deliver, in miles by road", "reach_miles", "a number"),
    ("Least value of one drop that is worth your while, £", "min_drop_gbp", "a number, or empty for none"),
    (
        "The most you want to sell to public kitchens in a year, £",
        "max_contract_gbp",
        "a number, or empty for no limit",
    ),
    ("Certificates and approvals you hold", "accreditations", "separated by ; such as fsa_approval; red_tractor"),
    ("Certified organic, or to another higher environmental standard", "organic", "yes or no"),
    ("A small or medium-sized business", "small", "yes or no"),
    ("A social enterprise", "social_enterprise", "yes or no"),
)
ANSWERS = {"kind": ("farm", "csa", "processor", "cooperative", "hub", "wholesaler"), "organic": ("yes", "no"),
           "small": ("yes", "no"), "social_enterprise": ("yes", "no")}  # fmt: skip
PRICE, AT_LEAST = "Price at your gate, £ a kilo", "Only if at least so many kilos a year"
MONTH_HEADINGS = tuple(f"{name[:3]}, kg" for name in NAMES)
HEADINGS = ("Code", "Product", PRICE, *MONTH_HEADINGS, AT_LEAST)
EXPLAINED = (
    "Fill in the two sheets and send the workbook back. Leave out what you do not have.",
    "Kilos are for one whole month. A range such as 60-80 is welcome: the lower figure is counted on.",
    "Your prices are seen by the buyer and by you alone.",
)


def survey_form(case: RawCase) -> bytes:
    """A blank form with the case's products; every cell is plain text and nothing in it runs."""
    products = [(row["product"], row.get("name", "")) for row in rows_of(case, "products")]
    stream = io.BytesIO()
    book = open_workbook(stream)
    about = write_sheet(
        book, ABOUT, ("Question", "Your answer", "How to answer"), [(q, "", how) for q, _, how in QUESTIONS]
    )
    about.set_column(0, 0, 58)
    about.set_column(1, 1, 40)
    about.set_column(2, 2, 60)
    for number, (_, column, _) in enumerate(QUESTIONS, 1):
        if column in ANSWERS:
            about.data_validation(number, 1, number, 1, {"validate": "list", "source": list(ANSWERS[column])})
    supply = write_sheet(book, SUPPLY, HEADINGS, [(key, name, *[""] * (len(HEADINGS) - 2)) for key, name in products])
    supply.set_column(0, 1, 22)
    supply.set_column(2, len(HEADINGS) - 1, 12)
    supply.freeze_panes(1, 2)
    write_sheet(book, "Read me", ("How to fill in this form",), [(line,) for line in EXPLAINED])
    book.close()
    return stream.getvalue()
