"""The whole plan of the sample, number by number.

A change of the plan that is meant is written anew with:
    eventops demo SOMEWHERE && eventops -w SOMEWHERE --lang en --json plan > samples/casablanca-2023/expected-plan.json
"""

import json
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).parents[2] / "samples" / "casablanca-2023"


def test_the_plan_of_the_sample_is_the_expected_one(eventops_run: Any, tmp_path: Path) -> None:
    assert eventops_run("demo", tmp_path / "workspace").returncode == 0
    ran = eventops_run("--lang", "en", "--json", "plan")
    assert (ran.returncode, ran.stderr) == (0, "")
    expected = (SAMPLE / "expected-plan.json").read_text(encoding="utf-8")
    assert json.loads(ran.stdout) == json.loads(expected)
    assert ran.stdout == expected
