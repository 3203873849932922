"""Many jobs in processes: results in order, kept by content, progress, Stop, and faults that are told."""

import pickle
import time
from decimal import Decimal
from types import MappingProxyType

import numpy as np
import pytest
import runner_work as work
from golden_case import VILLAGE

from foodlots.errors import DataError
from foodlots.reading import read_case
from foodlots.runner import Refused, Runner, Standing, WorkFailed, digest
from foodlots.runner.keeping import Kept


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("FOODLOTS_CACHE", str(tmp_path / "kept"))


@pytest.fixture(scope="module")
def crew():
    """A runner that keeps nothing, its two workers shared by the tests of this file."""
    with Runner(processes=2, keep=False) as runner:
        yield runner


def test_results_stand_in_the_order_of_the_jobs(crew):
    found = crew.run(work.power, {"base": 2}, {f"job {n}": n for n in (5, 1, 4, 2, 3)})
    assert list(found) == ["job 5", "job 1", "job 4", "job 2", "job 3"]
    assert [value for value, _ in found.values()] == [32, 2, 16, 4, 8]


def test_a_worker_sees_the_very_same_ground_in_every_round():
    with Runner(processes=1, keep=False) as runner:
        assert runner.run(work.same_ground, {"of": "all"}, {"a": 1, "b": 2}) == {"a": 1, "b": 2}
        assert runner.run(work.same_ground, {"of": "all"}, {"c": 3}) == {"c": 3}
        assert runner.run(work.same_ground, {"of": "others"}, {"d": 4}) == {"d": 1}


def test_progress_is_told_job_by_job(crew):
    seen = []
    crew.look = seen.append
    crew.run(work.patient, 0.6, {"slow": 1, "slower": 2})
    crew.look = None
    assert seen[0] == Standing(0, 2)
    assert seen[-1] == Standing(2, 2, {})
    assert {(name, told) for each in seen for name, told in each.under_way.items()} == {
        ("slow", (99.0, 0.25)), ("slower", (98.0, 0.25)),
    }  # fmt: skip


def test_stop_keeps_what_is_done_and_begins_nothing_more():
    began = time.monotonic()
    with Runner(lambda standing: bool(standing.under_way), processes=1, keep=True) as runner:
        found = runner.run(work.patient, 60.0, {"first": 1, "second": 2})
        assert found == {"first": "stopped"}
        assert runner.stopped
        assert runner.run(work.power, {"base": 2}, {"third": 3}) == {}
    assert time.monotonic() - began < 30
    with Runner(processes=1) as runner:
        assert runner.run(work.patient, 0.0, {"first": 1}) == {"first": "done"}


def test_a_job_that_allows_no_plan_says_why_and_the_others_go_on(crew):
    assert crew.run(work.troubled, None, {"a": 1, "b": 2, "c": 4}) == {
        "a": 1,
        "b": Refused("two is not allowed"),
        "c": 4,
    }


@pytest.mark.parametrize("bad", [(work.troubled, "three is our fault"), (work.gone, "ended before its job")])
def test_our_own_faults_are_loud(bad):
    function, words = bad
    with Runner(processes=1, keep=False) as runner, pytest.raises(WorkFailed, match=words):
        runner.run(function, None, {"a": 3})


def test_what_a_solver_prints_disturbs_nothing(crew):
    assert crew.run(work.loud, None, {"a": 1, "b": 2}) == {"a": 1, "b": 2}


def test_the_same_job_is_never_done_twice():
    with Runner(processes=1) as runner:
        first = runner.run(work.power, {"base": 3}, {"a": 2, "b": 3})
    with Runner(processes=1) as runner:
        again = runner.run(work.power, {"base": 3}, {"b": 3, "other name": 2})
        assert runner._crew is None
        assert again == {"b": first["b"], "other name": first["a"]}
        assert runner.run(work.power, {"base": 4}, {"b": 3})["b"][0] == 64


def test_the_digest_tells_content_from_content_and_nothing_else():
    case, settings, _ = read_case(VILLAGE)
    again, same, _ = read_case(VILLAGE)
    other, changed, _ = read_case(VILLAGE, ["awards.min_fill=0.4"])
    assert digest(case, settings) == digest(again, same)
    assert digest(case, settings) != digest(other, changed)
    assert digest({"a": 1, "b": {2, 3}}) == digest({"b": {3, 2}, "a": 1})
    assert len({digest(each) for each in (1, 1.0, "1", Decimal(1), (1,), [1], None, np.ones(1), {1: 1})}) == 9
    assert digest(("a", "bc")) != digest(("ab", "c"))
    with pytest.raises(TypeError, match="plain values"):
        digest(object())


def test_a_case_sent_to_a_worker_is_the_same_case():
    case, settings, _ = read_case(VILLAGE)
    assert pickle.loads(pickle.dumps((case, settings))) == (case, settings)


def test_only_our_own_records_are_read_back(tmp_path):
    kept, case = Kept(tmp_path), read_case(VILLAGE)[0]
    kept.put("case", (case, MappingProxyType({"a": frozenset({Decimal("0.1")})}), Refused("why")))
    assert kept.get("case")[0] == case

    class Hostile:
        def __reduce__(self):
            return (print, ("ran",))

    (tmp_path / "bad").write_bytes(pickle.dumps(Hostile()))
    (tmp_path / "torn").write_bytes(b"\x80\x04")
    assert [kept.get(name) for name in ("bad", "torn", "none")] == [None, None, None]


def test_no_cluster_at_the_address_is_told(monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("foodlots.runner.cluster.SECONDS_TO_ANSWER", 1)
    with Runner(cluster="tcp://127.0.0.1:1") as runner, pytest.raises(DataError, match="no Dask scheduler answers"):
        runner.run(work.power, {"base": 2}, {"a": 1})
