"""A new plugin project: complete, with its own tests, from the templates in the package."""

import re
from collections.abc import Mapping
from importlib.resources import files

from eventops.errors import NotUsable
from eventops.extension.api import API_VERSION
from eventops.extension.registry import CORE, NAME

# What each kind is made of beside the files every project has, and how it is tried before it is installed.
KINDS: Mapping[str, str] = {
    "rule": "plan",
    "tariff": "plan",
    "export": "export @NAME@.travellers -o travellers.xlsx",
    "reader": "participant import people.jsonl",
    "gazetteer": "place find Exampleton",
    "country": "place find Exampleton",
    "command": "beds-needed",
}
_EVERY = ("setup.cfg", "pyproject.toml", "README.md", "LICENSE")
_WITH_PLACES = ("gazetteer", "country")


def project_folder(name: str) -> str:
    """The folder of a plugin of that name, which is also its distribution."""
    return f"eventops-{name}"


def module_name(name: str) -> str:
    """The package of a plugin of that name: eventops_north_coast for north-coast."""
    return f"eventops_{name.replace('-', '_')}"


def plugin_project(name: str, kind: str, version: str, *, country: str = "XX", currency: str = "MAD") -> dict[str, str]:
    """The files of a new project by their path in it.

    `name` is what people write in the event file; `version` is the eventops it is written for.
    Errors: NotUsable for a name, kind, country or currency that cannot be used.
    """
    short = _short_name(name)
    if kind not in KINDS:
        raise NotUsable("There is no kind of plugin {kind}; there are {kinds}", kind=kind, kinds=", ".join(KINDS))
    if not re.fullmatch(r"[A-Z]{2}", country):
        raise NotUsable("“{country}” is not a country such as MA; give the two letters of ISO 3166", country=country)
    if not re.fullmatch(r"[A-Z]{3}", currency):
        raise NotUsable("“{currency}” is not a currency such as MAD; give the three letters", currency=currency)
    values = {
        "NAME": short,
        "MODULE": module_name(short),
        "TITLE": short.replace("-", " ").replace("_", " ").capitalize(),
        "VERSION": ".".join(version.split(".")[:2]),
        "API": str(API_VERSION[0]),
        "NEXTAPI": str(API_VERSION[0] + 1),
        "COUNTRY": country,
        "CURRENCY": currency,
    }
    values["TRY"] = _filled(KINDS[kind], values)
    package = module_name(short)
    made = {file: _template(file, values) for file in _EVERY}
    made[".github/workflows/tests.yml"] = _template("tests.yml", values)
    made[f"{package}/__init__.py"] = _template(f"{kind}.module.txt", values)
    made[f"{package}/py.typed"] = ""
    if kind in _WITH_PLACES:
        made[f"{package}/places.csv"] = _template("places.csv", values)
    made[f"tests/test_{package.removeprefix('eventops_')}.py"] = _template(f"{kind}.test.txt", values)
    return made


def _short_name(name: str) -> str:
    """The plugin's name without `eventops-`. Errors: NotUsable."""
    short = name.lower().removeprefix("eventops-").removeprefix("eventops_")
    if not NAME.fullmatch(short) or short == CORE:
        raise NotUsable(
            "“{name}” cannot be a plugin’s name; use small letters a-z, digits and -, such as north-coast", name=name
        )
    return short


def _template(file: str, values: Mapping[str, str]) -> str:
    text = (files("eventops") / "templates" / "plugin" / file).read_text(encoding="utf-8")
    return _filled(text, values)


def _filled(text: str, values: Mapping[str, str]) -> str:
    return re.sub(r"@([A-Z]+)@", lambda found: values[found[1]], text)
