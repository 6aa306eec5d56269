from pathlib import Path

from eventops.adapters.entered_file import EnteredFile, Entry, interrupted_calls

# A process that is surely over: numbers of processes end below it.
GONE = 2**22 + 1


def left_behind(folder: Path, number: int, *entries: tuple[str, str, str]) -> Path:
    """The mark of a run that ended while that call was under way."""
    mark = EnteredFile(folder)
    for entry in entries:
        mark.announce(*entry)
    mark.mark[0] = number
    mark.mark.flush()
    content = mark._path.read_bytes()
    mark.close()
    file = folder / f"running-{GONE}.mark"
    file.write_bytes(content)
    return file


def test_an_ordinary_end_leaves_nothing(tmp_path: Path) -> None:
    mark = EnteredFile(tmp_path)
    mark.announce("north", "eventops_rules", "far")
    mark.close()
    assert (list(tmp_path.iterdir()), interrupted_calls(tmp_path)) == ([], ())


def test_the_call_that_never_came_back_is_told_once(tmp_path: Path) -> None:
    file = left_behind(tmp_path, 2, ("north", "eventops_rules", "far"), ("south", "eventops_tariffs", "taxi"))
    told = interrupted_calls(tmp_path), interrupted_calls(tmp_path)
    assert (told, file.exists()) == (((Entry("south", "eventops_tariffs", "taxi"),), ()), False)


def test_a_run_that_ended_between_calls_accuses_nobody(tmp_path: Path) -> None:
    left_behind(tmp_path, 0, ("north", "eventops_rules", "far"))
    assert interrupted_calls(tmp_path) == ()


def test_a_run_that_goes_on_is_left_alone(tmp_path: Path) -> None:
    mark = EnteredFile(tmp_path)
    mark.announce("north", "eventops_rules", "far")
    mark.mark[0] = 1
    assert (interrupted_calls(tmp_path), len(list(tmp_path.iterdir()))) == ((), 1)
    mark.close()


def test_a_damaged_mark_is_removed_in_silence(tmp_path: Path) -> None:
    for number, content in enumerate((b"", b"\x05", b"\x01" + bytes(15) + b"not json\n")):
        (tmp_path / f"running-{GONE + number}.mark").write_bytes(content)
    assert (interrupted_calls(tmp_path), list(tmp_path.iterdir())) == ((), [])


def test_more_calls_than_fit_are_no_error(tmp_path: Path) -> None:
    mark = EnteredFile(tmp_path)
    for number in range(3000):
        mark.announce("north", "eventops_rules", f"rule-{number}")
    mark.close()
    assert list(tmp_path.iterdir()) == []
