"""The fixture that runs the command line as a person would."""

from pathlib import Path

import pytest

from eventops import __version__
from eventops.testing import fixtures
from eventops.testing.workspaces import make_small_workspace

# Under a name of its own, so that this runs whether or not eventops is installed with its pytest entry point.
run_here = fixtures.eventops_run


def test_the_command_line_answers(run_here: fixtures.OlderRun) -> None:
    done = run_here("--version")
    assert (done.returncode, done.stdout.strip()) == (0, f"eventops {__version__}")


def test_a_folder_that_is_no_workspace_is_a_sentence_and_an_exit_code(run_here: fixtures.OlderRun) -> None:
    done = run_here("plan")
    assert (done.returncode, done.stdout, "is not an eventops workspace" in done.stderr) == (3, "", True)


@pytest.fixture
def ran(tmp_path: Path) -> fixtures.Run:
    """The fixture `run`, in a workspace made here, whether or not the pytest plugin is loaded."""
    folder = tmp_path / "workspace"
    make_small_workspace(folder)
    return lambda *words: fixtures.Ran(fixtures._run(tmp_path, folder, words))


def test_a_command_runs_in_a_workspace_with_an_event_and_twelve_people(ran: fixtures.Run) -> None:
    plan = ran("plan", "--json")
    wrong = ran("why", "nobody at all")
    assert (plan.code, plan.json["participants"], plan.json["event"]) == (0, 12, "casablanca-2023"), plan
    assert (wrong.code, wrong.lines) == (3, [])


def test_the_fixtures_an_author_finds_are_named_as_the_pages_say() -> None:
    named = {"workspace", "run", "people", "a_candidate", "eventops_run"}
    assert named <= {name for name in vars(fixtures) if not name.startswith("_")}
