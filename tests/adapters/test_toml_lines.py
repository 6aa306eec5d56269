import tomllib
from typing import Any

import pytest
import tomli_w
from hypothesis import given, strategies as st

from eventops.adapters.toml_lines import Path, line_of, lines_of

TEXT = '''# a comment with [brackets] and "quotes"
title = """
[not.a.table]
key = 1
"""
[venue]
point = { lat = 33.5, "lon" = -7.6 } # }
[[venue.rooms]]
id = "a"   # first
[[venue.rooms]]
id = 'b'
equipment = [
  { name = "x, y]" },

  { name.fr = "z", count = 2 },
]
[[venue.rooms.doors]]
wide = true
["quoted key".sub]
a.b = 1
'''


def test_every_key_table_and_entry_has_its_line() -> None:
    assert lines_of(TEXT) == {
        ("title",): 2,
        ("venue",): 6,
        ("venue", "point"): 7,
        ("venue", "point", "lat"): 7,
        ("venue", "point", "lon"): 7,
        ("venue", "rooms"): 8,
        ("venue", "rooms", 0): 8,
        ("venue", "rooms", 0, "id"): 9,
        ("venue", "rooms", 1): 10,
        ("venue", "rooms", 1, "id"): 11,
        ("venue", "rooms", 1, "equipment"): 12,
        ("venue", "rooms", 1, "equipment", 0): 13,
        ("venue", "rooms", 1, "equipment", 0, "name"): 13,
        ("venue", "rooms", 1, "equipment", 1): 15,
        ("venue", "rooms", 1, "equipment", 1, "name"): 15,
        ("venue", "rooms", 1, "equipment", 1, "name", "fr"): 15,
        ("venue", "rooms", 1, "equipment", 1, "count"): 15,
        ("venue", "rooms", 1, "doors"): 17,
        ("venue", "rooms", 1, "doors", 0): 17,
        ("venue", "rooms", 1, "doors", 0, "wide"): 18,
        ("quoted key",): 19,
        ("quoted key", "sub"): 19,
        ("quoted key", "sub", "a"): 20,
        ("quoted key", "sub", "a", "b"): 20,
    }


@pytest.mark.parametrize(
    ("path", "line"),
    [(("venue", "rooms", 1, "capacity"), 10), (("venue", "town"), 6), (("hotel",), None), ((), None)],
)
def test_a_missing_key_is_placed_at_the_table_around_it(path: Path, line: int | None) -> None:
    assert line_of(lines_of(TEXT), path) == line


def _paths(value: Any, path: Path = ()) -> set[Path]:
    found = {path} if path else set()
    if isinstance(value, dict):
        return found.union(*(_paths(one, (*path, key)) for key, one in value.items()))
    if isinstance(value, list):
        return found.union(*(_paths(one, (*path, number)) for number, one in enumerate(value)))
    return found


keys = st.text("abc-é .'", min_size=1, max_size=4)
scalars = st.integers(-9, 9) | st.text("a\"'\\\n[]{},=#\t é", max_size=8) | st.booleans() | st.floats(-9, 9)
tables = st.recursive(
    st.dictionaries(keys, scalars, max_size=3),
    lambda inner: st.dictionaries(keys, scalars | inner | st.lists(inner, max_size=3) | st.lists(scalars), max_size=3),
    max_leaves=12,
)


@given(tables, st.booleans())
def test_every_path_of_a_text_gets_a_line_within_it(table: dict[str, Any], multiline: bool) -> None:
    text = tomli_w.dumps(table, multiline_strings=multiline)
    lines = lines_of(text)
    assert set(lines) == _paths(tomllib.loads(text))
    assert all(1 <= line <= text.count("\n") for line in lines.values())
