import hashlib
from pathlib import Path

import pytest

from eventops.adapters.trusted_files import (
    FILE,
    TrustedFile,
    config_folder,
    load_trusted,
    save_trusted,
    sha256_of,
)
from eventops.errors import NotUsable

ONE = TrustedFile(sha256="a" * 64, file="plugins/one.py", on="2023-10-14")


def test_what_is_trusted_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    save_trusted(folder, [ONE])
    assert (load_trusted(folder), (folder / FILE).stat().st_mode & 0o077) == ((ONE,), 0)


def test_where_nothing_was_trusted_nothing_is(tmp_path: Path) -> None:
    assert load_trusted(tmp_path) == ()


@pytest.mark.parametrize("content", ["{", '[{"sha256": 1}]', '{"sha256": "a"}', ""])
def test_a_damaged_list_trusts_nothing_and_says_so(content: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(content, encoding="utf-8")
    with pytest.raises(NotUsable, match="trust them again"):
        load_trusted(tmp_path)


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"EVENTOPS_CONFIG": "here", "XDG_CONFIG_HOME": "there"}, Path("here")),
        ({"XDG_CONFIG_HOME": "there"}, Path("there") / "eventops"),
        ({}, Path.home() / ".config" / "eventops"),
    ],
)
def test_the_list_stands_with_the_person_and_not_in_the_workspace(environment: dict[str, str], folder: Path) -> None:
    assert config_folder(environment) == folder


def test_a_file_is_known_by_its_content(tmp_path: Path) -> None:
    file = tmp_path / "one.py"
    file.write_bytes(b"x = 1\n")
    assert sha256_of(file) == hashlib.sha256(b"x = 1\n").hexdigest()
    with pytest.raises(NotUsable, match=r"two\.py"):
        sha256_of(tmp_path / "two.py")
