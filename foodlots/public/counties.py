"""The counties of England and the districts in them, by ONS code: `E07000117-128` are twelve districts in a row.

Source: ONS, Local Authority District to County lookups, as of April 2023. Unitary authorities stand for themselves.
"""

COUNTIES = {
    "E10000003": ("Cambridgeshire", "E07000008-012"),
    "E10000007": ("Derbyshire", "E07000032-039"),
    "E10000008": ("Devon", "E07000040-047"),
    "E10000011": ("East Sussex", "E07000061-065"),
    "E10000012": ("Essex", "E07000066-077"),
    "E10000013": ("Gloucestershire", "E07000078-083"),
    "E10000014": ("Hampshire", "E07000084-094"),
    "E10000015": ("Hertfordshire", "E07000095-096 E07000098-099 E07000102-103 E07000240-243"),
    "E10000016": ("Kent", "E07000105-116"),
    "E10000017": ("Lancashire", "E07000117-128"),
    "E10000018": ("Leicestershire", "E07000129-135"),
    "E10000019": ("Lincolnshire", "E07000136-142"),
    "E10000020": ("Norfolk", "E07000143-149"),
    "E10000024": ("Nottinghamshire", "E07000170-176"),
    "E10000025": ("Oxfordshire", "E07000177-181"),
    "E10000028": ("Staffordshire", "E07000192-199"),
    "E10000029": ("Suffolk", "E07000200-200 E07000202-203 E07000244-245"),
    "E10000030": ("Surrey", "E07000207-217"),
    "E10000031": ("Warwickshire", "E07000218-222"),
    "E10000032": ("West Sussex", "E07000223-229"),
    "E10000034": ("Worcestershire", "E07000234-239"),
    "E11000001": ("Greater Manchester", "E08000001-010"),
    "E11000002": ("Merseyside", "E08000011-015"),
    "E11000003": ("South Yorkshire", "E08000016-019 E08000038-039"),
    "E11000005": ("West Midlands", "E08000025-031"),
    "E11000006": ("West Yorkshire", "E08000032-036"),
    "E11000007": ("Tyne and Wear", "E08000021-024 E08000037-037"),
}


def districts_of(county: str) -> frozenset[str]:
    """The codes of a county's districts."""
    codes: set[str] = set()
    for run in COUNTIES[county][1].split():
        first, last = run.split("-")
        codes |= {f"{first[:-3]}{number:03d}" for number in range(int(first[-3:]), int(last) + 1)}
    return frozenset(codes)
