"""Which budget line a payment belongs to, suggested by the words that say what it was for and who was paid."""

import re

MIXED = "mixed food"
NOT_FOOD = (
    "waste", "hygiene", "equipment", "kitchen equip", "training", "food safety", "grant", "milk street", "bread street",
    "restaurant", "hotel", "hospitality", "conference", "fishing", "fisheries", "dairy lane", "meat inspection",
    "butcher lane", "food business", "food inspection", "packaging", "maintenance", "cleaning", "repair", "software",
    "licence",
)  # fmt: skip
WORDS = (  # the narrower first
    ("dairy and eggs", r"\b(milk|dairy|dairies|dairymen|cheeses?|yog(h)?urts?|butter|eggs?|creamery|cream)\b"),
    ("fish", r"\b(fish|seafood|fishmongers?|salmon|cod)\b"),
    ("meat", r"\b(meats?|butchers?|butchery|poultry|chickens?|beef|lamb|pork|sausages?|bacon)\b"),
    ("bread and flour", r"\b(breads?|baker(s|y|ies)?|rolls|flour|morning goods|bloomers)\b"),
    ("fruit and vegetables", r"(\bfruits?\b.*\bveg|\bveg(etables?)?\b.*\bfruits?\b)"),
    ("fruit and vegetables", r"\b(greengrocer(s|y)?|fresh produce)\b"),
    ("vegetables", r"\b(veg(etables?)?|potatoes|salads?|greens)\b"),
    ("fruit", r"\b(fruits?|apples|bananas)\b"),
    (MIXED, r"\b(foods?|foodservice|provisions?|groceries|grocery|catering|frozen|ambient|school meals?)\b"),
)
COMPILED = tuple((category, re.compile(pattern, re.I)) for category, pattern in WORDS)


def category_of(words: str, supplier: str) -> str:
    """The category suggested for a payment, "" when nothing says it was for food.

    What it was for counts before who was paid; where the words say only "food", a supplier's trade may say more.
    """
    told = _category(words)
    if told and told != MIXED:
        return told
    trade = _category(supplier)
    if told == MIXED:
        return trade or MIXED
    return trade if trade and not _says_otherwise(words) else ""


def _category(words: str) -> str:
    if _says_otherwise(words):
        return ""
    return next((category for category, pattern in COMPILED if pattern.search(words)), "")


def _says_otherwise(words: str) -> bool:
    plain = words.lower()
    return any(re.search(rf"\b{re.escape(sign)}\b", plain) for sign in NOT_FOOD)
