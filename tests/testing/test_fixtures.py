"""The fixture that runs the command line as a person would."""

from eventops import __version__
from eventops.testing import fixtures

# Under a name of its own, so that this runs whether or not eventops is installed with its pytest entry point.
run_here = fixtures.eventops_run


def test_the_command_line_answers(run_here: fixtures.Run) -> None:
    done = run_here("--version")
    assert (done.returncode, done.stdout.strip()) == (0, f"eventops {__version__}")


def test_a_folder_that_is_no_workspace_is_a_sentence_and_an_exit_code(run_here: fixtures.Run) -> None:
    done = run_here("plan")
    assert (done.returncode, done.stdout, "is not an eventops workspace" in done.stderr) == (3, "", True)
