import ast
from pathlib import Path

import eventops


def test_every_name_a_plugin_author_may_import_exists_and_is_typed_under_the_same_name() -> None:
    source = ast.parse(Path(eventops.__file__).read_text(encoding="utf-8"))
    typed = {
        alias.asname
        for node in ast.walk(source)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("eventops.")
        for alias in node.names
    }
    assert (typed | {"__version__"}, [name for name in dir(eventops) if not hasattr(eventops, name)]) == (
        set(dir(eventops)),
        [],
    )
