"""The doors: what may be done in one place only, and what may be done nowhere, read from the program's own text."""

import ast
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from markdown_door import Reader

ROOT = Path(__file__).parents[1]
FILES = (ROOT / "app.py", *sorted((ROOT / "foodlots").rglob("*.py")))
UI = tuple(path for path in FILES if "ui" in path.parts)

MAP_LIBRARIES = {"folium", "branca", "streamlit_folium", "pydeck"}
UNSAFE_STORES = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "yaml", "jsonpickle"}
RUNS_TEXT = {"eval", "exec", "compile", "__import__"}
UNSAFE_WORDS = {"unsafe_allow_html", "unsafe_allow_javascript", "shell"}
SPREADSHEET_CALLS = {"to_csv", "to_excel", "to_pickle", "read_pickle", "to_html"}
FRAMES = {"DataFrame", "Series", "Case", "RawCase", "Plan", "Result", "Work"}  # nothing of this size is hashed as a key


def modules(node: ast.AST) -> set[str]:
    """The top-level modules an import names."""
    if isinstance(node, ast.Import):
        return {alias.name.split(".")[0] for alias in node.names}
    return {(node.module or "").split(".")[0]} if isinstance(node, ast.ImportFrom) and not node.level else set()


def called(node: ast.AST) -> str:
    """The last name of what is called, "" when nothing is."""
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def imports_a_map_library(node: ast.AST) -> bool:
    return bool(modules(node) & MAP_LIBRARIES)


def writes_a_workbook(node: ast.AST) -> bool:
    return "xlsxwriter" in modules(node) or called(node) in SPREADSHEET_CALLS


def writes_csv(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and ast.unparse(node) in ("csv.writer", "csv.DictWriter")


def reads_unsafe_stores(node: ast.AST) -> bool:
    return bool(modules(node) & UNSAFE_STORES)


def runs_a_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RUNS_TEXT


def asks_for_unsafe_html(node: ast.AST) -> bool:
    return isinstance(node, ast.keyword) and node.arg in UNSAFE_WORDS


def uses_an_old_component(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and ast.unparse(node).startswith(("st.components.v1", "components.html"))


def writes_sql_with_data_in_it(node: ast.AST) -> bool:
    """A statement run that is put together from texts, rather than written out or built by SQLAlchemy."""
    if called(node) not in ("execute", "exec_driver_sql") or not node.args:
        return False
    return any(isinstance(part, ast.JoinedStr | ast.BinOp | ast.Mod) for part in ast.walk(node.args[0]))


def starts_a_process(node: ast.AST) -> bool:
    return "subprocess" in modules(node) or "multiprocessing" in modules(node)


def trusts_an_xml(node: ast.AST) -> bool:
    """A reader of XML that is neither defusedxml nor expat, which the workbook reader holds within limits itself."""
    unsafe = ("xml.etree", "xml.dom", "xml.sax", "lxml")
    if isinstance(node, ast.Import):
        return any(each.name.startswith(unsafe) for each in node.names)
    named = isinstance(node, ast.ImportFrom) and (node.module or "").startswith(unsafe)
    return named and not {each.name for each in node.names} <= {"Element", "ParseError", "escape", "quoteattr"}


def draws_a_chart(node: ast.AST) -> bool:
    return called(node) in ("altair_chart", "area_chart", "bar_chart", "line_chart", "scatter_chart", "vega_lite_chart")


RUNNER = {f"runner/{name}.py" for name in ("cluster", "keeping", "processes", "worker")}
"""The runner pickles between processes of ours, and reads kept results as our own records only."""

DOORS: tuple[tuple[Callable[[ast.AST], bool], set[str]], ...] = (
    (imports_a_map_library, {"maps/safe_map.py"}),
    (writes_a_workbook, {"files/workbook.py"}),
    (writes_csv, set()),
    (reads_unsafe_stores, RUNNER),
    (runs_a_text, set()),
    (asks_for_unsafe_html, set()),
    (uses_an_old_component, set()),
    (writes_sql_with_data_in_it, set()),
    (starts_a_process, {"apart/child.py", "runner/processes.py"}),
    (trusts_an_xml, set()),
    (draws_a_chart, {"ui/parts/pictures.py"}),
)

SEEDED = {
    imports_a_map_library: "from folium.plugins import MarkerCluster",
    writes_a_workbook: "frame.to_excel('plan.xlsx')",
    writes_csv: "csv.writer(file)",
    reads_unsafe_stores: "import pickle",
    runs_a_text: "eval(cell)",
    asks_for_unsafe_html: "st.markdown(name, unsafe_allow_html=True)",
    uses_an_old_component: "st.components.v1.html(name)",
    writes_sql_with_data_in_it: "connection.execute(f'select * from {name}')",
    starts_a_process: "import subprocess",
    trusts_an_xml: "import xml.etree.ElementTree as tree",
    draws_a_chart: "st.altair_chart(bars)",
}


def through(door: Callable[[ast.AST], bool], path: Path) -> bool:
    """Whether a file does what the door is for."""
    return any(map(door, nodes(path)))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Everything a file is made of."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize(("door", "allowed"), DOORS, ids=[door.__name__ for door, _ in DOORS])
def test_only_its_door_does_it(door, allowed):
    package = ROOT / "foodlots"
    guilty = {path.relative_to(package).as_posix() for path in FILES[1:] if through(door, path)}
    assert guilty <= allowed
    assert not through(door, ROOT / "app.py")


@pytest.mark.parametrize("door", [door for door, _ in DOORS], ids=lambda door: door.__name__)
def test_each_door_sees_a_trespass(door, tmp_path):
    (tmp_path / "seeded.py").write_text(SEEDED[door] + "\n", encoding="utf-8")
    assert through(door, tmp_path / "seeded.py")


def cached(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    """Every function whose answers Streamlit keeps."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any("st.cache" in ast.unparse(each) for each in node.decorator_list):
            yield node


def keyed_on_a_frame(function: ast.FunctionDef) -> list[str]:
    """The parameters by which a kept answer is found that are frames or whole cases: slow, and hashed by sample."""
    seen = {each.arg: each.annotation for each in function.args.args if not each.arg.startswith("_")}
    return [name for name, kind in seen.items() if kind is None or FRAMES & set(ast.unparse(kind).split(" | "))]


def shared_between_visitors(function: ast.FunctionDef) -> bool:
    """Whether a kept answer may reach another visitor."""
    return not any("scope='session'" in ast.unparse(each) for each in function.decorator_list)


def test_no_answer_is_kept_under_a_frame_or_for_another_visitor():
    for path in UI:
        for function in cached(ast.parse(path.read_text(encoding="utf-8"))):
            assert not keyed_on_a_frame(function), f"{path.name}: {function.name}"
            assert not shared_between_visitors(function), f"{path.name}: {function.name}"


def test_a_cache_that_would_leak_is_seen():
    leaky = "@st.cache_data(max_entries=5)\ndef rows(frame: pd.DataFrame, _digest): ...\ndef plain(): ...\n"
    (function,) = cached(ast.parse(leaky.replace("pd.DataFrame", "DataFrame")))
    assert keyed_on_a_frame(function) == ["frame"]
    assert shared_between_visitors(function)


def test_every_text_on_a_page_is_ours_or_made_literal():
    assert Reader(UI).unsound() == []


@pytest.mark.parametrize(
    "page",
    [
        "def show(lot):\n    st.markdown(f'**{lot.name}**')",
        "def show(lot):\n    words = lot.name\n    st.caption(words)",
        "def _say(words):\n    st.error(words)\ndef show(lot):\n    _say(lot.name)",
        "def _words(lot):\n    return 'Lot ' + lot.name\ndef show(lot):\n    st.metric(_words(lot), 1)",
        "def show(lots):\n    st.markdown('; '.join(lot.name for lot in lots))",
        "def show(lot):\n    st.button('Open', help=lot.name)",
    ],
)
def test_a_name_that_reaches_a_page_as_it_stands_is_seen(page, tmp_path):
    (tmp_path / "page.py").write_text(page, encoding="utf-8")
    assert len(Reader((tmp_path / "page.py",)).unsound()) == 1
    (tmp_path / "page.py").write_text(page.replace("lot.name", "md(lot.name)"), encoding="utf-8")
    assert Reader((tmp_path / "page.py",)).unsound() == []
