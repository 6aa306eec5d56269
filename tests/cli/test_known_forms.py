"""Exports of form systems, as those systems write them; the real ones are read where they are and missed politely."""

import csv
import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

REAL = Path(__file__).parents[3] / "shared" / "data" / "real" / "registrations"
needs_real_files = pytest.mark.skipif(not REAL.is_dir(), reason="the real exports are not on this machine")


@pytest.fixture
def event(program: Run, tmp_path: Path) -> Run:
    """Runs the program on an event without anybody."""
    program("demo", "--empty", tmp_path / "empty")
    return lambda *words: program("-w", tmp_path / "empty", "--json", *words)


def everybody(event: Run) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = [
        event("participant", "show", one["id"]).json
        for one in (*event("participant", "list").json, *event("participant", "list", "--withdrawn").json)
    ]
    return shown


def found(ran: Any, code: str) -> list[dict[str, Any]]:
    return [one for one in ran.json["findings"] if one["code"] == code]


def a_table(path: Path, *rows: Sequence[str], separator: str = ",") -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=separator).writerows(rows)
    return path


PRETIX_TRUTH = REAL / "pretix" / "truth-rabat-a.json"
POSITIONS = ("positions.csv", "positions-grouped.csv", "orderlist.xlsx")


@needs_real_files
@pytest.mark.parametrize("file", POSITIONS)
def test_the_order_positions_of_pretix_enrol_those_who_come(event: Run, file: str) -> None:
    truth = json.loads(PRETIX_TRUTH.read_text(encoding="utf-8"))
    ran = event("participant", "import", REAL / "pretix" / f"pretix-rabat-a-en-{file}")
    people = everybody(event)
    diets = Counter(one.get("diet", "") for one in people)
    assert (ran.code, len(people), ran.json["refused"]) == (4, truth["positions_live"], 0)
    assert [one["message"].split(": ", 1)[1] for one in found(ran, "row-cancelled")] == [
        "the registration of Thibault Delahaye is “canceled”; nobody was enrolled for it",
        "the registration of Anouk Delahaye is “canceled”; nobody was enrolled for it",
    ]
    assert len(found(ran, "email-shared")) == truth["emails_with_two_people"]
    assert found(ran, "form-recognised")[0]["message"].startswith(
        f"pretix-rabat-a-en-{file} is an export of pretix (order positions); "
    )
    assert diets["vegetarian"] + diets["diabetic"] > 0
    assert all(one["email"].endswith("@example.org") and one["town"] for one in people)


@needs_real_files
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_the_check_in_list_of_pretix_says_who_came(event: Run, suffix: str) -> None:
    truth = json.loads(PRETIX_TRUTH.read_text(encoding="utf-8"))
    event("participant", "import", REAL / "pretix" / f"pretix-rabat-a-en-checkinlist.{suffix}")
    people = everybody(event)
    assert len(people) == truth["positions_live"]
    assert sum(one.get("attended") is True for one in people) == truth["checked_in_live"]


@needs_real_files
def test_a_list_of_orders_and_one_of_quotas_say_nothing_of_people(event: Run) -> None:
    orders = event("participant", "import", REAL / "pretix" / "pretix-rabat-a-en-orders.csv")
    quotas = event("participant", "import", REAL / "pretix" / "pretix-rabat-a-en-quotalist.csv")
    assert (orders.code, quotas.code, everybody(event)) == (3, 3, [])
    assert "a list of orders does not say who comes" in orders.err
    assert "no table of registrations" in quotas.err


@needs_real_files
def test_a_waiting_list_is_enrolled_only_on_purpose(event: Run) -> None:
    file = REAL / "pretix" / "pretix-rabat-a-en-waitinglist.csv"
    refused = event("participant", "import", file)
    assert (refused.code, everybody(event)) == (3, [])
    assert refused.err.rstrip().endswith("nothing was imported; to enrol them on purpose, add --waiting-list")
    taken = event("participant", "import", file, "--waiting-list")
    assert (taken.code, taken.json["added"]) == (0, 7)


@needs_real_files
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_the_registrations_of_indico_keep_those_who_withdrew(event: Run, suffix: str) -> None:
    truth = json.loads((REAL / "indico" / "indico-registrations-a-truth.json").read_text(encoding="utf-8"))
    ran = event("participant", "import", REAL / "indico" / f"indico-registrations-a.{suffix}")
    people = everybody(event)
    states = Counter(one.get("status", "registered") for one in people)
    assert (ran.code, len(people)) == (0, truth["registrations"])
    assert states == {"registered": 11, "withdrawn": truth["by_state"]["withdrawn"]}
    assert sum(one.get("attended") is True for one in people) == truth["checked_in"]
    assert sorted(one["phone"][-9:] for one in people) == sorted(one["phone"][-9:] for one in truth["rows"])


@needs_real_files
def test_the_attendees_of_eventbrite_come_without_their_addresses(event: Run) -> None:
    ran = event("participant", "import", REAL / "eventbrite" / "eventbrite-attendee-report-sample.csv")
    people = everybody(event)
    assert (ran.code, [one["name"] for one in people]) == (0, ["John Doe", "Jane Doe"])
    assert [one["organisation"] for one in people] == ["Company1Name", "Company2Name"]


@needs_real_files
@pytest.mark.parametrize("file", sorted(path.name for path in (REAL / "kobo").glob("*.*")) if REAL.is_dir() else [])
def test_a_survey_that_is_no_registration_is_refused_in_one_sentence(event: Run, file: str) -> None:
    ran = event("participant", "import", REAL / "kobo" / file)
    assert (ran.code, ran.err.count("\n"), everybody(event)) == (3, 1, [])


PRETIX_FRENCH = (
    "Titre de l'événement|Nom de l'événement|Code de commande|ID de la position|Statut|E-Mail|Numéro de téléphone|"
    "Date de commande|Heure de commande|Produit|ID produit|Variante|ID variant|Prix|Taux d'imposition|Règle fiscale|"
    "Valeur fiscale|Nom du participant|Nom du participant: Prénom|Nom du participant: Nom de famille|"
    "E-mail du participant|Entreprise du participant|Adresse|Code postal|Ville|Pays|État|Bon|"
    "Utilisation du budget des bons|Code du bon|ID pseudonyme|Secret du billet|Commentaire de commande|"
    "Régime alimentaire – Végétarien|Régime alimentaire – Halal|Canal de vente|Langue de la commande"
)
PRETIX_ARABIC = (
    "اسم المختصر للحدث|اسم الحدث|رمز الطلب|رقم الوظيفة|الحالة|البريد الإلكتروني|رقم الهاتف|تاريخ الطلب|توقيت الطلب|"
    "المنتج|رقم المنتج|التباين|معرّف التباين|السعر|معدل الضريبة|قاعدة الضريبة|القيمة الضريبية|اسم المشارك|"
    "اسم المشارك: الاسم الاول|اسم المشارك: اسم العائلة|البريد الإلكتروني للمشارك|الشركة المشاركة|العنوان|"
    "الرمز البريدي|المدينة|البلد|الولاية|كود الخصم|استخدام ميزانية القسائم|بطاقة القسيمة|معرف الاسم المستعار|"
    "سر التذكرة|ملاحظات الطلب|النظام الغذائي – نباتي|النظام الغذائي – حلال|قناة المبيعات|الترتيب المحلي"
)


@pytest.mark.parametrize(
    ("headings", "paid", "cancelled", "yes", "no"),
    [
        (PRETIX_FRENCH, "Payé", "annulé", "Oui", "Non"),
        (PRETIX_ARABIC, "مدفوع", "تم إلغاؤه", "نعم", "من"),
    ],
)
def test_pretix_in_french_and_arabic(
    event: Run, tmp_path: Path, headings: str, paid: str, cancelled: str, yes: str, no: str
) -> None:
    def position(code: str, status: str, first: str, last: str, email: str, *diets: str) -> list[str]:
        begin = ["e", "E", code, "1", status, f"{code.lower()}@example.org", "+212600000000", "2025-09-19", "14:02:00"]
        price = ["Participant", "1", "Société civile", "1", "0.00", "0", "", "0.00"]
        person = [f"{first} {last}", first, last, email, "ONG", "1 rue", "10000", "Rabat", "MA", ""]
        return [*begin, *price, *person, "", "", "", "QHJ", "cb0", "", *diets, "Online shop", "fr"]

    file = a_table(
        tmp_path / "positions.csv",
        headings.split("|"),
        position("AAAAA", paid, "Sara", "Ben", "sara@example.org", yes, no),
        position("BBBBB", cancelled, "Ali", "Tazi", "", no, no),
        position("CCCCC", paid, "Omar", "Alami", "", no, no),
        separator=";",
    )
    ran = event("participant", "import", file)
    assert (ran.code, ran.json["added"], len(found(ran, "row-cancelled"))) == (0, 2, 1)
    assert [
        [one.get(name) for name in ("name", "email", "town", "organisation", "diet", "language", "registered_on")]
        for one in everybody(event)
    ] == [
        ["Sara Ben", "sara@example.org", "Rabat", "ONG", "vegetarian", "fr", "2025-09-19"],
        ["Omar Alami", "ccccc@example.org", "Rabat", "ONG", None, "fr", "2025-09-19"],
    ]


KOBO = (
    "start;end;group_id/nom_complet;group_id/courriel;group_id/telephone;group_id/sexe;group_id/annee_naissance;"
    "group_id/ville;regime;regime/vegetarian;regime/halal;_id;_uuid;_submission_time;_validation_status;_notes;"
    "_status;_submitted_by;__version__;_tags;_index"
)
KOBO_LABELS = (
    "start;end;Identité/Nom complet;Identité/Adresse e-mail;Identité/Numéro de téléphone;Identité/Sexe;"
    "Identité/Année de naissance;Identité/Ville de résidence;Régime alimentaire;Régime alimentaire/Végétarien;"
    "Régime alimentaire/Halal;_id;_uuid;_submission_time;_validation_status;_notes;_status;_submitted_by;__version__;"
    "_tags;_index"
)


@pytest.mark.parametrize(
    ("headings", "sex", "diet"), [(KOBO, "femme", "vegetarian halal"), (KOBO_LABELS, "Femme", "Végétarien Halal")]
)
@pytest.mark.parametrize("tagged", [False, True])
def test_kobo_with_names_or_labels_groups_and_hxl(
    event: Run, tmp_path: Path, headings: str, sex: str, diet: str, tagged: bool
) -> None:
    names = headings.split(";")
    tags = [["", "", "#respondee+name", "#contact+email", *[""] * (len(names) - 4)]] if tagged else []
    answers = ["2023-09-25T10:00:00.000+01:00", "2023-09-25T10:09:00.000+01:00", "Sara Ben", "sara@example.org"]
    answers += ["0612345678", sex, "1990", "El_Jadida", diet, "1", "1"]
    answers += ["123", "ab-cd", "2023-09-25T09:09:12", "", "", "submitted_via_web", "", "v1", "", "1"]
    ran = event("participant", "import", a_table(tmp_path / "kobo.csv", names, *tags, answers, separator=";"))
    assert (ran.code, ran.json["added"]) == (0, 1), ran.json["findings"]
    assert found(ran, "form-recognised")
    assert found(ran, "unknown-columns") == []
    [one] = everybody(event)
    fields = ("name", "email", "phone", "gender", "birth_year", "town", "diet", "registered_on")
    assert [one.get(name) for name in fields] == [
        "Sara Ben",
        "sara@example.org",
        "+212612345678",
        "female",
        1990,
        "El Jadida",
        "vegetarian, halal",
        "2023-09-25",
    ]


def test_odk_central_names_its_groups_with_a_dash(event: Run, tmp_path: Path) -> None:
    names = (
        "SubmissionDate identity-full_name identity-email identity-phone identity-gender meta-instanceID KEY "
        "SubmitterID SubmitterName AttachmentsPresent Status ReviewState DeviceID Edits FormVersion"
    )
    answers = ["2023-09-25T09:09:12.000Z", "Sara Ben", "sara@example.org", "0612345678", "female", "uuid:1", "uuid:1"]
    answers += ["5", "App user", "0", "", "", "x", "0", "1"]
    file = a_table(tmp_path / "odk.csv", names.split(), answers)
    ran = event("participant", "import", file)
    [one] = everybody(event)
    assert (ran.code, one["name"], one["email"], one["gender"]) == (0, "Sara Ben", "sara@example.org", "female")
    assert one.get("status", "registered") == "registered"


@pytest.mark.parametrize(
    ("headings", "when"),
    [
        ("Timestamp,Email Address,Full name,Mobile phone,City", "9/25/2023 10:12:33"),
        ("Horodateur,Adresse e-mail,Nom et prénom,Téléphone,Ville", "25/09/2023 10:12:33"),
        ("طابع زمني,عنوان البريد الإلكتروني,الاسم الكامل,رقم الهاتف,المدينة", "2023/09/25 10:12:33 AM GMT+1"),
        ("Marca temporal,Dirección de correo electrónico,Nombre completo,Teléfono,Ciudad", "25/09/2023 10:12:33"),
    ],
)
def test_google_forms_in_four_languages(event: Run, tmp_path: Path, headings: str, when: str) -> None:
    row = [when, "sara@example.org", "Sara Ben", "0612345678", "Rabat"]
    ran = event("participant", "import", a_table(tmp_path / "google.csv", headings.split(","), row))
    [one] = everybody(event)
    assert (ran.code, one["name"], one["email"], one["town"], one.get("registered_on")) == (
        0,
        "Sara Ben",
        "sara@example.org",
        "Rabat",
        "2023-09-25",
    )
    assert "Google Forms" in found(ran, "form-recognised")[0]["message"]


@pytest.mark.parametrize(
    ("headings", "nobody"),
    [
        ("ID,Start time,Completion time,Email,Name,Last modified time,Full name,Your e-mail,City", "anonymous"),
        ("ID,Heure de début,Heure de fin,Adresse de messagerie,Nom,Nom et prénom,Courriel,Ville", "anonyme"),
        ("المعرف,وقت البدء,وقت الإكمال,البريد الإلكتروني,الاسم,الاسم الكامل,بريدك الإلكتروني,المدينة", "مجهول"),
    ],
)
def test_microsoft_forms_with_and_without_signing_in(event: Run, tmp_path: Path, headings: str, nobody: str) -> None:
    names = headings.split(",")
    more = [""] * (len(names) - 8)
    times = ["9/25/23 10:00:00", "9/25/23 10:09:00"]
    file = a_table(
        tmp_path / "microsoft.csv",
        names,
        ["1", *times, nobody, "", *more, "Sara Ben", "sara@example.org", "Rabat"],
        ["2", *times, "ali@example.org", "Ali Tazi", *more, "", "", "Salé"],
    )
    ran = event("participant", "import", file)
    assert (ran.code, [(one["name"], one["email"]) for one in everybody(event)]) == (
        0,
        [("Sara Ben", "sara@example.org"), ("Ali Tazi", "ali@example.org")],
    )
    assert "Microsoft Forms" in found(ran, "form-recognised")[0]["message"]
