"""What other programs say of every file of the sample: LibreOffice, the Open XML schemas, HXL, Excel's encryption."""

import csv
import io
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

Run = Callable[..., Any]
# Every sheet as a file of its own: comma, quotes, UTF-8, cells as they are shown.
ALL_SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def said(*words: str | Path) -> int:
    from eventops.cli.main import main

    with pytest.raises(SystemExit) as ending:
        main([str(word) for word in words])
    return int(ending.value.code or 0)


@pytest.fixture(scope="module")
def sent(demo_run: tuple[Path, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every export of the sample: in Arabic with HXL tags, in French, in three languages side by side."""
    workspace = tmp_path_factory.mktemp("sent") / "workspace"
    shutil.copytree(demo_run[0], workspace, ignore=shutil.ignore_patterns("exports"))
    for words in (["--lang", "ar", "--hxl"], ["--lang", "fr"], ["--side-by-side"]):
        assert said("-w", workspace, "export", "all", *words) == 0
    return workspace / "exports"


@pytest.fixture(scope="module")
def read_by_libreoffice(sent: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The texts of every sheet as LibreOffice reads it, by workbook and sheet; one run for all files."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is not installed (Debian: libreoffice-calc)")
    out, profile = tmp_path_factory.mktemp("read"), tmp_path_factory.mktemp("profile").as_uri()
    command = [program, "--headless", f"-env:UserInstallation={profile}", "--convert-to", ALL_SHEETS, "--outdir", out]
    files = sorted(sent.glob("*.xlsx"))
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=300, env=environment)
    return {
        file.stem: {cell for row in csv.reader(io.StringIO(file.read_text("utf-8"), newline="")) for cell in row}
        for file in out.glob("*.csv")
    }


def texts_by_sheet(file: Path) -> dict[str, set[str]]:
    """The texts of the visible sheets of a workbook."""
    book = openpyxl.load_workbook(file)
    return {
        sheet.title: {cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}
        for sheet in book.worksheets
        if sheet.sheet_state == "visible"
    }


def test_libreoffice_opens_every_workbook_and_reads_every_text(
    sent: Path, read_by_libreoffice: dict[str, set[str]]
) -> None:
    lost = {
        f"{file.name}, {sheet}": sorted(texts - read_by_libreoffice.get(f"{file.stem}-{sheet}", set()))[:3]
        for file in sorted(sent.glob("*.xlsx"))
        for sheet, texts in texts_by_sheet(file).items()
        if texts - read_by_libreoffice.get(f"{file.stem}-{sheet}", set())
    }
    assert lost == {}


def test_every_workbook_is_as_sound_as_a_trivial_one(sent: Path, tmp_path: Path) -> None:
    audit = pytest.importorskip("openxml_audit", reason="openxml-audit is not installed")
    trivial = tmp_path / "trivial.xlsx"
    with xlsxwriter.Workbook(trivial) as book:
        book.add_worksheet().write(0, 0, "x")
    validator = audit.OpenXmlValidator()
    allowed = len(validator.validate(str(trivial)).errors)
    # In French and side by side they differ from the Arabic files in nothing a schema sees.
    files = [*sorted(sent.glob("*.ar.xlsx")), *sorted(sent.glob("summary.*.xlsx"))]
    faults = {file.name: validator.validate(str(file)).errors[:3] for file in files}
    assert {name: found for name, found in faults.items() if len(found) > allowed} == {}


def test_every_file_with_tags_is_valid_hxl(sent: Path) -> None:
    hxl = pytest.importorskip("hxl", reason="libhxl is not installed")
    options = hxl.InputOptions(allow_local=True)
    found = {}
    # A form is read by other programs as it stands.
    for file in (one for one in sorted(sent.glob("*.ar.xlsx")) if "registration-form" not in one.name):
        columns = [cell.value for cell in openpyxl.load_workbook(file).worksheets[0][2]]
        source = hxl.data(str(file), options)
        errors = [one["description"] for one in hxl.validate(source)["issues"] if one["severity"] == "error"]
        found[file.name] = (source.display_tags == columns, errors)
    assert {name: told for name, told in found.items() if told != (True, [])} == {}


def test_a_file_with_a_password_opens_with_it_only(
    eventops: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    msoffcrypto = pytest.importorskip("msoffcrypto", reason="msoffcrypto-tool is not installed")
    monkeypatch.setenv("EVENTOPS_PASSWORD", "كلمة السر")
    file = tmp_path / "secret.xlsx"
    assert eventops("export", "lodging-list", "--encrypt", "-o", file).code == 0
    locked, opened = msoffcrypto.OfficeFile(io.BytesIO(file.read_bytes())), io.BytesIO()
    locked.load_key(password="كلمة السر")
    locked.decrypt(opened)
    assert len(openpyxl.load_workbook(opened).worksheets) == 2
    wrong = msoffcrypto.OfficeFile(io.BytesIO(file.read_bytes()))
    with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
        wrong.load_key(password="other", verify_password=True)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--encrypt", "-o", "x.csv"), 2, "Only a workbook can be given a password"),
        (("--encrypt", "-o", "x.xlsx"), 2, "--encrypt needs a password"),
    ],
)
def test_a_password_that_cannot_be_set_is_said(
    eventops: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], code: int, said: str
) -> None:
    pytest.importorskip("msoffcrypto", reason="msoffcrypto-tool is not installed")
    if "csv" in words[-1]:
        monkeypatch.setenv("EVENTOPS_PASSWORD", "x")
    else:
        monkeypatch.delenv("EVENTOPS_PASSWORD", raising=False)
        monkeypatch.setattr("sys.stdin", io.StringIO())
    ran = eventops("export", "lodging-list", *words)
    assert (ran.code, said in ran.err) == (code, True)


def test_pages_opened_as_sheets_hold_no_formula(sent: Path, tmp_path: Path) -> None:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is not installed (Debian: libreoffice-calc)")
    from eventops.builtin.web_pages import web_page
    from eventops.domain.reporting.reports import Audience, Column, Report, Table

    payloads = ["=1+1", "+1+1", "-1+1", "@SUM(1)", "＝1+1", " =1+1", "0612", "1/2", "1e5", "TRUE"]
    table = Table(
        name="t",
        title="=3+3",
        columns=(Column(name="a", title="=4+4"),),
        rows=tuple((text,) for text in payloads),
        notes=("=5+5",),
    )
    report = Report(name="r", title="=2+2", audience=Audience.DOOR, tables=(table,), heading="=6+6")
    (tmp_path / "page.html").write_bytes(web_page(report))
    command = [program, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    into = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--infilter=HTML (StarCalc)", "--outdir", tmp_path]
    subprocess.run([*command, *into, tmp_path / "page.html"], check=True, capture_output=True, timeout=120)
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "page.xlsx").active for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert {cell.value for cell in cells} >= {text.strip() for text in payloads} | {"=2+2", "=3+3", "=4+4", "=5+5"}
