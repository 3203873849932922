"""Pictures drawn beside the audit: the same bytes as in one process, trouble is told, and nobody is left behind."""

import pytest
from sample_plan import sample_case, sample_plan, sample_settings

from foodlots.cli.drawing import Draughtsman
from foodlots.maps.offline import map_html
from foodlots.network import plan_network, write_network
from foodlots.runner.jobs import WorkFailed

ASKED = sample_case(), sample_settings(), sample_plan()


def test_they_are_the_same_to_the_byte(tmp_path):
    with Draughtsman() as draughtsman:
        draughtsman.begin(*ASKED, tmp_path)
        draughtsman.finish()
    drawn = (tmp_path / "network.csv").read_bytes()
    assert (tmp_path / "map.html").read_text("utf-8") == map_html(*ASKED)
    assert write_network(plan_network(*ASKED), tmp_path).read_bytes() == drawn


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    with Draughtsman() as draughtsman:
        draughtsman.begin(*ASKED, tmp_path / "nowhere")
        with pytest.raises(FileNotFoundError):
            draughtsman.finish()


def test_a_fault_of_ours_is_loud(tmp_path):
    with Draughtsman() as draughtsman:
        draughtsman.begin(*ASKED[:2], None, tmp_path)
        with pytest.raises(WorkFailed, match="Traceback"):
            draughtsman.finish()


def test_without_a_plan_it_ends_with_the_command():
    with Draughtsman() as draughtsman:
        worker = draughtsman._crew._workers[0]
        assert worker.poll() is None
    assert worker.returncode is not None
