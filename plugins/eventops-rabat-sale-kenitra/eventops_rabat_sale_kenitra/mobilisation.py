"""The mobilisation list: whom an association brought to the event, by province, with contacts and inclusion."""

from collections.abc import Iterable, Sequence

from eventops import (
    INCLUSION_LABELS,
    Audience,
    Candidate,
    Cell,
    Column,
    Event,
    Export,
    Gender,
    Kind,
    Message,
    Options,
    Plan,
    Report,
    Table,
    Text,
    label_of,
    labelled,
)

REGION = "MA-04"

TITLE = Text("Mobilisation list", fr="Liste de mobilisation", ar="لائحة التعبئة")
HEADING = Text(
    "People mobilised by {association} for {event}",
    fr="Personnes mobilisées par {association} pour {event}",
    ar="الأشخاص الذين عبأتهم {association} من أجل {event}",
)
NOBODY = Text(
    "Nobody was mobilised by {association}",
    fr="{association} n’a mobilisé personne",
    ar="لم يُعبَّأ أي شخص من طرف {association}",
)
CONTACTS_ARE_PRIVATE = Text(
    "Contacts are for preparing this event only; photographs need a yes in the column of photographs.",
    fr="Les coordonnées ne servent qu’à préparer cette rencontre ; une photo suppose un oui dans la colonne "
    "des photos.",
    ar="لا تُستعمل بيانات الاتصال إلا لإعداد هذا اللقاء، ولا تُلتقط الصور إلا بوجود نعم في عمود الصور.",
)
NOT_SETTLED = Text("place not settled", fr="lieu non établi", ar="مكان غير محدد")
ANY_ASSOCIATION = Text("any association", fr="toute association", ar="أي جمعية")
LIST = Text("{words}", fr="{words}", ar="{words}")
NONE_STATED = Text("none stated", fr="non déclaré", ar="غير مصرح به")
PROVINCE = Text("Province", fr="Province", ar="العمالة أو الإقليم")
PEOPLE = Text("People", fr="Personnes", ar="الأشخاص")
WOMEN = Text("Women", fr="Femmes", ar="النساء")
INCLUSION = Text("Inclusion", fr="Inclusion", ar="الإدماج")

PEOPLE_COLUMNS = (
    Column(name="province", title=PROVINCE, width=20),
    Column(name="id", title=Text("Reference", fr="Référence", ar="المرجع"), width=12),
    Column(name="name", title=Text("Name", fr="Nom", ar="الاسم"), width=26),
    Column(
        name="name_latin",
        title=Text("Name in Latin letters", fr="Nom en lettres latines", ar="الاسم بالحروف اللاتينية"),
        width=26,
    ),
    Column(name="gender", title=Text("Gender", fr="Sexe", ar="الجنس"), width=12),
    Column(name="age", title=Text("Age", fr="Âge", ar="السن"), kind=Kind.INTEGER, width=8),
    Column(name="category", title=Text("Category", fr="Qualité", ar="الصفة"), width=22),
    Column(name="organisation", title=Text("Organisation", fr="Organisation", ar="الهيئة"), width=26),
    Column(name="town", title=Text("Town", fr="Localité", ar="المدينة أو الجماعة"), width=20),
    Column(name="phone", title=Text("Phone", fr="Téléphone", ar="الهاتف"), width=18),
    Column(name="email", title=Text("E-mail", fr="Courriel", ar="البريد الإلكتروني"), width=28),
    Column(name="association", title=Text("Mobilised by", fr="Mobilisé par", ar="الجمعية المعبئة"), width=22),
    Column(name="inclusion", title=INCLUSION, width=22),
    Column(name="seat", title=Text("Seat", fr="Place", ar="المقعد"), width=12),
    Column(
        name="consent_attend",
        title=Text("Agreed to take part", fr="Accord : participation", ar="الموافقة على المشاركة"),
        kind=Kind.YES_NO,
    ),
    Column(
        name="consent_photo",
        title=Text("Agreed to photographs", fr="Accord : photos", ar="الموافقة على الصور"),
        kind=Kind.YES_NO,
    ),
    Column(
        name="consent_share",
        title=Text("Agreed to sharing with", fr="Accord : partage avec", ar="الموافقة على التقاسم مع"),
        width=26,
    ),
)
PROVINCE_COLUMNS = (
    Column(name="province", title=PROVINCE, width=24),
    Column(name="people", title=PEOPLE, kind=Kind.INTEGER, total=True),
    Column(name="women", title=WOMEN, kind=Kind.INTEGER, total=True),
    Column(
        name="rural",
        title=Text("From rural communes", fr="Communes rurales", ar="من الجماعات القروية"),
        kind=Kind.INTEGER,
        total=True,
    ),
    Column(name="with_inclusion", title=INCLUSION, kind=Kind.INTEGER, total=True),
)
INCLUSION_COLUMNS = (
    Column(name="inclusion", title=INCLUSION, width=28),
    Column(name="people", title=PEOPLE, kind=Kind.INTEGER),
    Column(name="women", title=WOMEN, kind=Kind.INTEGER),
)


def associations_meant(event: Event, for_id: str) -> tuple[str, ...]:
    """The association asked for, else those that coordinate the region, else all of the event."""
    if for_id:
        return (for_id,)
    of_region = tuple(one.id for one in event.associations if REGION in one.regions)
    return of_region or tuple(one.id for one in event.associations)


def association_names(event: Event, ids: Sequence[str]) -> Text | Message | str:
    """The names of the associations, or their ids where the event has no name for them."""
    names = {one.id: one.name for one in event.associations}
    named: list[Text | str] = [names.get(one, one) for one in ids]
    return said(named) or ANY_ASSOCIATION


def said(words: Sequence[Text | str]) -> Text | Message | str:
    """The words in one cell, joined as the reader's language does; '' without any."""
    if len(words) < 2:
        return words[0] if words else ""
    return Message(LIST, {"words": tuple(words)})


def province_of(candidate: Candidate) -> Text:
    return candidate.place.province_name if candidate.place is not None else NOT_SETTLED


def by_province(candidates: Iterable[Candidate]) -> tuple[tuple[Text, tuple[Candidate, ...]], ...]:
    """The candidates of each province, provinces by name, people by town and name; the unplaced come last."""
    groups: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        groups.setdefault(candidate.place.province if candidate.place is not None else "", []).append(candidate)

    def group_key(code: str) -> tuple[bool, str]:
        return code == "", province_of(groups[code][0]).en

    def person_key(candidate: Candidate) -> tuple[str, str, str]:
        town = candidate.place.name.en if candidate.place is not None else candidate.participant.town
        return town, candidate.participant.name, candidate.participant.id

    return tuple(
        (province_of(groups[code][0]), tuple(sorted(groups[code], key=person_key)))
        for code in sorted(groups, key=group_key)
    )


def person_row(candidate: Candidate, event: Event) -> tuple[Cell, ...]:
    person, place = candidate.participant, candidate.place
    categories = {one.id: one.title for one in event.categories}
    associations = {one.id: one.name for one in event.associations}
    sponsors = {one.id: one.name for one in event.sponsors}
    return (
        province_of(candidate),
        person.id,
        person.name,
        person.name_latin,
        label_of(person.gender),
        candidate.age,
        categories.get(person.category, person.category),
        person.organisation,
        place.name if place is not None else person.town,
        person.phone,
        person.email,
        associations.get(person.association, person.association),
        said([labelled(INCLUSION_LABELS, one) for one in person.inclusion]),
        label_of(candidate.seat),
        person.consents.attend,
        person.consents.photo,
        said([sponsors.get(one, one) for one in person.consents.share]),
    )


def women_among(candidates: Iterable[Candidate]) -> int:
    return sum(candidate.participant.gender is Gender.FEMALE for candidate in candidates)


def province_row(province: Text, candidates: Sequence[Candidate]) -> tuple[Cell, ...]:
    rural = sum(
        candidate.place is not None and candidate.place.kind == "commune" and not candidate.place.urban
        for candidate in candidates
    )
    included = sum(bool(candidate.participant.inclusion) for candidate in candidates)
    return province, len(candidates), women_among(candidates), rural, included


def inclusion_rows(candidates: Sequence[Candidate]) -> tuple[tuple[Cell, ...], ...]:
    """One row per word of inclusion, then those who stated none; a person with two words counts in both."""
    words = sorted({word for candidate in candidates for word in candidate.participant.inclusion})
    rows: list[tuple[Cell, ...]] = []
    for word in words:
        group = [candidate for candidate in candidates if word in candidate.participant.inclusion]
        rows.append((labelled(INCLUSION_LABELS, word), len(group), women_among(group)))
    without = [candidate for candidate in candidates if not candidate.participant.inclusion]
    if without:
        rows.append((NONE_STATED, len(without), women_among(without)))
    return tuple(rows)


def compose(plan: Plan, options: Options) -> Report:
    """Those mobilised by the association asked for (else by those of the region), by province."""
    meant = associations_meant(plan.event, options.for_id)
    names = association_names(plan.event, meant)
    mobilised = [one for one in plan.candidates if not meant or one.participant.association in meant]
    groups = by_province(mobilised)
    values: dict[str, object] = {"association": names, "event": plan.event.title}
    notes = (CONTACTS_ARE_PRIVATE,) if mobilised else (Message(NOBODY, values),)
    return Report(
        name=MOBILISATION_LIST.name,
        title=TITLE,
        audience=Audience.ASSOCIATION,
        heading=Message(HEADING, values),
        language=options.language,
        tables=(
            Table(
                name="mobilised",
                title=Text("Mobilised", fr="Mobilisés", ar="المعبؤون"),
                columns=PEOPLE_COLUMNS,
                rows=tuple(person_row(one, plan.event) for _, group in groups for one in group),
                notes=notes,
                landscape=True,
            ),
            Table(
                name="by_province",
                title=Text("By province", fr="Par province", ar="حسب العمالات والأقاليم"),
                columns=PROVINCE_COLUMNS,
                rows=tuple(province_row(province, group) for province, group in groups),
            ),
            Table(
                name="by_inclusion",
                title=Text("By inclusion", fr="Par inclusion", ar="حسب الإدماج"),
                columns=INCLUSION_COLUMNS,
                rows=inclusion_rows(mobilised),
            ),
        ),
    )


MOBILISATION_LIST = Export(name="mobilisation-list", title=TITLE, audience=Audience.ASSOCIATION, compose=compose)
