from eventops.cli.export_files import STEP, WatchedRows


def test_rows_tell_how_far_they_were_read_once() -> None:
    rows = WatchedRows((number,) for number in range(2 * STEP + 1))
    steps: list[int] = []
    rows.tick = steps.append
    assert (list(rows), list(rows)) == ([(number,) for number in range(2 * STEP + 1)],) * 2
    assert (steps, len(rows), rows[1]) == ([STEP, STEP], 2 * STEP + 1, (1,))
