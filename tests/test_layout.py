from configparser import ConfigParser
from pathlib import Path

ROOT = Path(__file__).parent.parent


def declared() -> ConfigParser:
    parser = ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def test_every_package_is_in_the_wheel() -> None:
    packages = {folder.parent.relative_to(ROOT).as_posix() for folder in (ROOT / "eventops").rglob("__init__.py")}
    listed = set(declared()["options"]["packages"].split()) - {"eventops.samples"}
    assert listed == {package.replace("/", ".") for package in packages}


def test_every_project_of_the_repository_has_the_same_version() -> None:
    files = [ROOT / "setup.cfg", *sorted((ROOT / "plugins").glob("*/setup.cfg"))]
    versions = {}
    for file in files:
        parser = ConfigParser()
        parser.read(file, encoding="utf-8")
        versions[parser["metadata"]["name"]] = parser["metadata"]["version"]
    assert set(versions.values()) == {declared()["metadata"]["version"]}
