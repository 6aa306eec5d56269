"""Makes registrations.xlsx from people.csv: what the web form of the meeting would have given.

Run it beside people.csv: `python make_registrations.py`. The people are invented; so are their telephone numbers and
addresses (example.org, .com and .net belong to nobody). The same people.csv gives the same bytes every time.
"""

import csv
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import xlsxwriter

SEED = 20231014
OPENS_AT = datetime.fromisoformat("2023-09-22T10:15")
CLOSES_AT = datetime.fromisoformat("2023-10-06T23:30")
SHEET = "ردود النموذج 1"  # what a web form in Arabic calls its sheet of answers

HEADINGS = (
    "طابع زمني / Horodateur",
    "الاسم الكامل / Nom complet",
    "الاسم بالحروف اللاتينية / Nom en caractères latins",
    "البريد الإلكتروني / Adresse e-mail",
    "رقم الهاتف / N° de téléphone",
    "الجنس / Genre",
    "سنة الازدياد / Année de naissance",
    "الصفة / Qualité",
    "الهيئة أو المؤسسة / Organisme",
    "المدينة أو الجماعة / Ville ou commune",
    "الإقليم أو العمالة / Province ou préfecture",
    "الجهة / Région",
    "البلد / Pays",
    "لغة التواصل / Langue de contact",
    "الجمعية المعبئة / Association mobilisatrice",
    "احتياجات الولوج / Besoins d’accessibilité",
    "النظام الغذائي / Régime alimentaire",
    "الورشة: الاختيار الأول / Atelier : 1er choix",
    "الورشة: الاختيار الثاني / Atelier : 2e choix",
    "وضعية خاصة / Situation particulière",
    "أؤكد مشاركتي / Je confirme ma participation",
    "الموافقة على التصوير / Consentement aux photos",
    "الموافقة على مشاركة بياناتي مع إكسبرتيز فرانس / J’accepte le partage de mes données avec Expertise France",
    "الموافقة على مشاركة بياناتي مع منظمة التعاون والتنمية الاقتصادية / "
    "J’accepte le partage de mes données avec l’OCDE",
    "كيف علمتم باللقاء؟ / Comment avez-vous appris la tenue de la rencontre ?",
    "ملاحظات / Remarques",
)
WIDTHS = (18, 26, 24, 30, 18, 10, 10, 26, 34, 30, 22, 24, 10, 12, 28, 26, 20, 40, 40, 28, 12, 12, 16, 16, 22, 40)

# What the closed questions offer in the form's two languages; where people typed the answer, several spellings.
GENDERS = {"ar": {"F": ("أنثى",), "M": ("ذكر",)}, "fr": {"F": ("Femme", "Femme", "F"), "M": ("Homme", "Homme", "M")}}
CATEGORIES = {
    "ar": {
        "e": ("منتخب (ة) محلي (ة)",),
        "a": ("فاعل (ة) جمعي (ة)", "فاعل (ة) جمعي (ة)", "فاعل جمعوي"),
        "p": ("قطاع عام",),
        "r": ("باحث (ة) / أكاديمي (ة)",),
        "c": ("مواطن (ة)",),
    },
    "fr": {
        "e": ("Élu(e) local(e)",),
        "a": ("Acteur(trice) associatif(ve)", "Acteur associatif", "association"),
        "p": ("Secteur public", "Fonctionnaire"),
        "r": ("Chercheur(se) ou universitaire", "Universitaire"),
        "c": ("Citoyen(ne)",),
    },
}
ASSOCIATIONS = {
    "ar": {"youth": ("جمعية من أجل الشباب",), "adfm": ("الجمعية الديمقراطية لنساء المغرب",)},
    "fr": {"youth": ("Association for Youth",), "adfm": ("ADFM", "Association démocratique des femmes du Maroc")},
}
WORKSHOPS = {
    "ar": {"1": "جودة الخدمات العمومية وتبسيطها ورقمنتها", "2": "المساواة وحقوق النساء"},
    "fr": {
        "1": "Qualité, simplification et numérisation des services publics",
        "2": "Égalité et droits des femmes",
    },
}
INCLUSION = {
    "ar": {
        "rural": "من الوسط القروي",
        "youth": "شباب",
        "disability": "شخص في وضعية إعاقة",
        "woman_head": "امرأة ربة أسرة",
        "elderly": "شخص مسن",
        "low_income": "دخل محدود",
    },
    "fr": {
        "rural": "Milieu rural",
        "youth": "Jeune",
        "disability": "Personne en situation de handicap",
        "woman_head": "Femme cheffe de famille",
        "elderly": "Personne âgée",
        "low_income": "Faible revenu",
    },
}
ANSWERS = {"ar": {"o": "نعم", "n": "لا", "-": ""}, "fr": {"o": "Oui", "n": "Non", "-": ""}}
NO_DIET = {"ar": ("لا شيء", "", ""), "fr": ("Aucun", "", "")}
LANGUAGES = {"ar": "العربية", "fr": "Français"}
# The last six digits are drawn; 0600 keeps the numbers apart from those in everyday use.
PHONES = ("0600{0}{1}{2}", "06 00 {0} {1} {2}", "06.00.{0}.{1}.{2}", "+212600{0}{1}{2}", "+212 6 00 {0} {1} {2}")
MAIL_HOSTS = ("example.org", "example.com", "example.net")

Cell = str | int | datetime


def read_people(folder: Path) -> list[dict[str, str]]:
    """The people of people.csv, in the order they registered."""
    with (folder / "people.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rows(people: list[dict[str, str]]) -> Iterator[tuple[Cell, ...]]:
    """The heading row, then a row for each person, as the form's sheet shows them."""
    yield HEADINGS
    random = Random(SEED)
    minutes = int((CLOSES_AT - OPENS_AT).total_seconds()) // 60
    registered = sorted(random.sample(range(minutes), len(people)))
    for person, minute in zip(people, registered, strict=True):
        seconds = random.randrange(60)
        yield _row(person, OPENS_AT + timedelta(minutes=minute, seconds=seconds), random)


def _row(person: dict[str, str], at: datetime, random: Random) -> tuple[Cell, ...]:
    form = person["form"]
    wishes = [WORKSHOPS[form][wish] for wish in person["wishes"]]
    inclusion = [INCLUSION[form][group] for group in person["inclusion"].split(",") if group]
    consents = [ANSWERS[form][letter] for letter in person["consents"]]
    born = person["born"]
    return (
        at,
        person["name"],
        person["latin"] if person["gives_latin"] else "",
        _mail(person, random),
        _phone(random),
        random.choice(GENDERS[form][person["gender"]]),
        # Some forms keep the year as a number, some as text.
        born if not born or random.random() < 0.15 else int(born),
        random.choice(CATEGORIES[form][person["category"]]),
        person["organisation"],
        person["town"],
        person["province"],
        person["region"],
        person["country"],
        LANGUAGES[form],
        random.choice(ASSOCIATIONS[form][person["association"]]) if person["association"] else "",
        person["needs"],
        person["diet"] or random.choice(NO_DIET[form]),
        *[*wishes, "", ""][:2],
        ("، " if form == "ar" else ", ").join(inclusion),
        *consents,
        person["heard"],
        person["notes"],
    )


def _mail(person: dict[str, str], random: Random) -> str:
    """An address under a name reserved for examples; one person in fifteen gives none."""
    first, last = person["latin"].lower().split()[0], person["latin"].lower().split()[-1]
    shape = random.choice(("{first}.{last}", "{first}{last}", "{last}.{first}", "{initial}.{last}"))
    host = random.choice(MAIL_HOSTS)
    gives = random.random() >= 1 / 15
    return f"{shape.format(first=first, last=last, initial=first[0])}@{host}" if gives else ""


def _phone(random: Random) -> str:
    pairs = [f"{random.randrange(100):02d}" for _ in range(3)]
    return random.choice(PHONES).format(*pairs)


def write_workbook(path: Path, table: list[tuple[Cell, ...]]) -> None:
    """The sheet as a form's download looks: right to left, one row a person, the first row frozen."""
    workbook = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_formulas": False})
    workbook.set_properties({"title": "تسجيلات اللقاء التشاوري الأول", "created": CLOSES_AT})
    sheet = workbook.add_worksheet(SHEET)
    sheet.right_to_left()
    sheet.freeze_panes(1, 0)
    heading = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    moment = workbook.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
    text = workbook.add_format({"num_format": "@"})
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    for number, row in enumerate(table):
        for column, cell in enumerate(row):
            if isinstance(cell, datetime):
                sheet.write_datetime(number, column, cell, moment)
            elif isinstance(cell, int):
                sheet.write_number(number, column, cell)
            elif cell:
                sheet.write_string(number, column, cell, heading if number == 0 else text)
    workbook.close()


if __name__ == "__main__":
    here = Path(__file__).parent
    write_workbook(here / "registrations.xlsx", list(rows(read_people(here))))
