"""How well towns are placed, and how fast: `python benchmarks/places.py`. Seeded: two runs print the same score.
What is measured is what is installed. Times are those of the processor, so that a busy machine does not change them.

Every Moroccan commune as the census writes it, with and without columns beside it; the same with one random edit; names
of other countries; junk. `--errors` prints each wrong match.
"""

import argparse
import csv
import random
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from eventops.builtin.world import load_world, world
from eventops.domain.places import Place, PlacementStatus
from eventops.domain.placing.distance import great_circle_km
from eventops.domain.placing.matching import PlaceQuery, place_by_code, placements
from eventops.domain.placing.names import folded_key, script_of
from eventops.domain.placing.place_index import PlaceIndex, PlaceSource

ROOT = Path(__file__).resolve().parent.parent
MOROCCO = ROOT / "plugins" / "eventops-morocco"

SEED = 20261124
LETTERS = {"fr": "abcdefghijklmnopqrstuvwxyz", "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"}
JUNK = tuple(
    text
    for line in (
        "xxx|test|n/a|N/A|NaN|null|-|--|.|?|???|0|12345|06 12 34 56 78|+212612345678|aaa|azerty|qwerty|asdfgh",
        "lorem ipsum|oui|non|yes|no|RAS|néant|aucun|autre|Autre ville|ailleurs|à l'étranger|etranger|inconnu",
        "je ne sais pas|idem|contact@example.org|https://example.org|Mohamed Alaoui|Fatima Zahra|étudiant",
        "fonctionnaire|halal|association|ministère de l'intérieur|Université Mohammed V|Faculté des sciences",
        "homme|femme|masculin|féminin|M|F|H|18-30|2023-05-12|12/05/2023|ville|commune|province|région|centre",
        "quartier|rue|avenue Hassan II|Maroc|المغرب|لا شيء|لا يوجد|غير ذلك|أخرى|طالب|موظف|أستاذة|جمعية|ذكر",
        "أنثى|نعم|لا|مدينة|إقليم|جماعة|شارع محمد الخامس|enseignante|محمد العلوي|فاطمة الزهراء|اختبار|ااااا",
        "ـــ|…|😀|🇲🇦|ma ville|chez moi|bus|train|voiture|végétarien|samedi|lundi|janvier|sans|avec|merci",
        "bonjour|salut|السلام عليكم|شكرا|bla bla|blabla|toto|tata2|foo|bar2|wxyz|zzzz|kjhgf|mlkjh|poiuy",
        "ytrewq|abc|abcd|abcdef",
    )
    for text in line.split("|")
)

Truth = dict[PlaceQuery, str]


def read_table(name: str) -> list[dict[str, str]]:
    with (MOROCCO / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def edited(name: str, letters: str, chance: random.Random) -> str:
    """The name with one letter dropped, doubled, replaced, added, or swapped with the next."""
    places = [number for number, letter in enumerate(name) if letter.isalpha()]
    at = chance.choice(places)
    kind = chance.choice(("drop", "replace", "insert", "swap"))
    if kind == "drop":
        return name[:at] + name[at + 1 :]
    if kind == "replace":
        return name[:at] + chance.choice(letters) + name[at + 1 :]
    if kind == "swap" and at + 1 < len(name):
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name[:at] + chance.choice(letters) + name[at:]


# The sounds French letters stand for, as IRCAM's alphabet writes them; a bare e is the vowel it leaves out.
TIFINAGH = {
    **{"tch": "ⵜⵛ", "ch": "ⵛ", "sh": "ⵛ", "kh": "ⵅ", "gh": "ⵖ", "rh": "ⵖ", "ou": "ⵓ", "qu": "ⴽ", "gu": "ⴳ", "dj": "ⴷⵊ"},
    **{
        "ph": "ⴼ",
        "th": "ⵜ",
        "dh": "ⴷ",
        "ai": "ⴰⵢ",
        "aï": "ⴰⵢ",
        "ss": "ⵙ",
        "ci": "ⵙⵉ",
        "ce": "ⵙ",
        "ge": "ⵊ",
        "gi": "ⵊⵉ",
    },
    **dict(zip("abcdfghijklmnopqrstuvwxyz", "ⴰⴱⴽⴷⴼⴳⵀⵉⵊⴽⵍⵎⵏⵓⵒⵇⵔⵙⵜⵓⴼⵡⵅⵢⵣ", strict=True)),
    **{"é": "ⵉ", "è": "ⵉ", "ê": "ⵉ", "ë": "ⵉ", "à": "ⴰ", "â": "ⴰ", "î": "ⵉ", "ï": "ⵉ", "ô": "ⵓ", "û": "ⵓ", "e": ""},
}


def in_tifinagh(name: str) -> str:
    """A French name in Tifinagh letters, sound by sound. Written without a look at how the resolver reads them."""
    text, written = name.casefold(), ""
    while text:
        length = next((size for size in (3, 2, 1) if text[:size] in TIFINAGH), 0)
        written += TIFINAGH[text[:length]] if length else text[0]
        text = text[max(length, 1) :]
    return written


def homonyms(communes: Iterable[dict[str, str]], column: str) -> set[str]:
    """The folded names borne by more than one commune."""
    counts = Counter(folded_key(commune[column]) for commune in communes)
    return {key for key, count in counts.items() if count > 1}


def score(title: str, truth: Truth, sources: Sequence[PlaceIndex | PlaceSource], show_errors: bool) -> None:
    started = time.process_time()
    found = placements(truth, sources, home_country="MA")
    seconds = time.process_time() - started
    counts: Counter[str] = Counter()
    for query, code in truth.items():
        placement = found[query]
        if placement.status is not PlacementStatus.MATCHED:
            counts[placement.status.value] += 1
            counts["offered"] += any(candidate.place.code == code for candidate in placement.candidates)
            continue
        assert placement.place is not None
        right = placement.place.code == code or _is_same_place(placement.place, code, sources)
        counts["right" if right else "wrong"] += 1
        if show_errors and not right:
            print(f"    wrong: {query} -> {placement.place.code} {placement.place.name.en} "
                  f"({placement.level} {placement.score}), not {code}")  # fmt: skip
    total = len(truth)
    shares = "  ".join(
        f"{name} {counts[name]:5} {counts[name] / total:6.1%}" for name in ("right", "review", "unresolved", "wrong")
    )
    print(
        f"{title:52} {total:5}  {shares}  right one offered {counts['offered']:4}  {seconds * 1000 / total:.2f} ms each"
    )


def _is_same_place(place: Place, code: str, sources: Sequence[PlaceIndex | PlaceSource]) -> bool:
    """Whether two rows of the world's table are one place to a traveller: a city and its centre."""
    other = place_by_code(code, sources) if place.country != "MA" and place.country == code.partition(":")[0] else None
    return other is not None and great_circle_km(place.point, other.point) < 10


def commune_sets(communes: list[dict[str, str]], seed: int) -> Iterable[tuple[str, Truth]]:
    provinces = {record["code"]: record for record in read_table("ma_provinces")}
    regions = {record["code"]: record for record in read_table("ma_regions")}
    # Province and region as they stand beside the town.
    ways: dict[str, Callable[[dict[str, str], str], tuple[str, str]]] = {
        "no column": lambda commune, language: ("", ""),
        "region column": lambda commune, language: ("", regions[commune["region_code"]][f"name_{language}"]),
        "province column": lambda commune, language: (provinces[commune["province_code"]][f"name_{language}"], ""),
    }
    for way, columns in ways.items():
        yield (
            f"Tifinagh, letter by letter, {way}",
            {
                PlaceQuery(in_tifinagh(commune["name_fr"]), *columns(commune, "fr")): f"MA:{commune['code']}"
                for commune in communes
            },
        )
    for language in ("fr", "ar"):
        column = f"name_{language}"
        shared = homonyms(communes, column)
        twins = [commune for commune in communes if folded_key(commune[column]) in shared]
        yield (
            f"{language} homonyms, no column ({len(shared)} names)",
            {PlaceQuery(commune[column]): "none is certain" for commune in twins},
        )
        for way, columns in ways.items():
            yield (
                f"{language} as the census writes it, {way}",
                {
                    PlaceQuery(commune[column], *columns(commune, language)): f"MA:{commune['code']}"
                    for commune in communes
                },
            )
        for way, columns in ways.items():
            chance = random.Random(seed)
            yield (
                f"{language} one edit, {way}",
                {
                    PlaceQuery(
                        edited(commune[column], LETTERS[language], chance), *columns(commune, language)
                    ): f"MA:{commune['code']}"
                    for commune in communes
                },
            )


def foreign_names(seed: int) -> dict[str, Truth]:
    """Names of other countries, as the world's table writes them; those Morocco shares are left out."""
    index = load_world()
    known = {folded_key(name) for name in moroccan_names()}
    chance = random.Random(seed)
    rows = [row for row in index.rows if row.country not in ("MA", "EH") and folded_key(row.en) not in known]
    towns = chance.sample(rows, 1500)
    regions = [area for area in index.areas if area.kind == "region" and area.parent not in ("MA", "EH")]
    regions = [area for area in regions if folded_key(area.name.en) and folded_key(area.name.en) not in known]
    keys = [key for key in index.folded if script_of(key) == "arab" and key not in known]
    by_key: defaultdict[str, set[str]] = defaultdict(set)
    for key in keys:
        numbers = index.folded[key]
        for number in (numbers,) if isinstance(numbers, int) else numbers:
            by_key[key].add(index.rows[index.targets[number]].country)
    arabic = [key for key in chance.sample(sorted(by_key), 1500) if not by_key[key] & {"MA", "EH"}]
    return {
        "towns of the world, no column": {PlaceQuery(row.en): row.code for row in towns},
        "towns of the world, country column": {
            PlaceQuery(row.en, country=index.name_of_area(row.country).fr): row.code for row in towns
        },
        "towns of the world in Arabic, no column": {PlaceQuery(key): "abroad" for key in arabic},
        "regions of other countries": {PlaceQuery(area.name.en): "abroad" for area in chance.sample(regions, 1000)},
    }


def moroccan_names() -> Iterable[str]:
    for table, columns in (
        ("ma_communes", ("name_fr", "name_ar")),
        ("ma_arrondissements", ("name_fr", "name_ar")),
        ("ma_urban_centres", ("name_fr", "name_ar")),
        ("ma_aliases", ("name",)),
        ("ma_places_geonames", ("name", "alternates")),
        ("own_districts", ("name",)),
    ):
        for record in read_table(table):
            for column in columns:
                yield from record[column].split("|")


def placed_in_morocco(
    title: str, texts: Iterable[PlaceQuery], sources: Sequence[PlaceIndex | PlaceSource], show_errors: bool
) -> None:
    """For texts that must not lead to Morocco (or anywhere)."""
    found = placements(texts, sources, home_country="MA")
    statuses = Counter(placement.status.value for placement in found.values())
    wrong = [
        placement for placement in found.values() if placement.place is not None and placement.place.country == "MA"
    ]
    print(f"{title:52} {len(found):5}  {dict(statuses)}  placed in Morocco {len(wrong)}")
    for placement in wrong if show_errors else ():
        assert placement.place is not None
        print(f"    {placement.text} -> {placement.place.name.en} ({placement.level} {placement.score})")


def hard_cases(sources: Sequence[PlaceIndex | PlaceSource], show_errors: bool) -> None:
    """The table of what people write (tests/domain/placing/hard_places.csv): right, left to a person, and wrong."""
    with (ROOT / "tests" / "domain" / "placing" / "hard_places.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kinds: defaultdict[str, Truth] = defaultdict(dict)
    for row in rows:
        query = PlaceQuery(row["text"], row["province"], row["region"], row["country"])
        kinds["with an answer" if row["expected"] else "for a person"][query] = row["expected"]
    score("hard cases with an answer", kinds["with an answer"], sources, show_errors)
    score("hard cases only a person can settle", kinds["for a person"], sources, show_errors)


def speed(communes: list[dict[str, str]], source: PlaceIndex | PlaceSource) -> None:
    """5,000 rows with 400 distinct texts, one in eight misspelled."""
    chance = random.Random(SEED)
    towns = [commune["name_fr"] for commune in chance.sample(communes, 400)]
    texts = {edited(town, LETTERS["fr"], chance) if chance.random() < 0.125 else town for town in towns}
    rows = [PlaceQuery(text) for text in chance.choices(sorted(texts), k=5000)]
    started = time.process_time()
    found = placements(rows, (source,), home_country="MA")
    print(f"{len(rows)} rows, {len(found)} distinct texts: {time.process_time() - started:.3f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="print each wrong match")
    parser.add_argument("--seed", type=int, default=SEED, help="another sample of edits and of foreign towns")
    arguments = parser.parse_args()
    show_errors, seed = arguments.errors, arguments.seed
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    from eventops_morocco import MOROCCO as morocco

    started = time.process_time()
    index = morocco.load()
    loaded = time.process_time()
    placements((PlaceQuery("Kenittra"),), (morocco,), home_country="MA")
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(
        f"Morocco {index.version}: loaded in {(loaded - started) * 1000:.0f} ms, first answer after "
        f"{(time.process_time() - started) * 1000:.0f} ms, {memory:.0f} MB"
    )
    communes = read_table("ma_communes")
    speed(communes, morocco)
    started = time.process_time()
    load_world()
    print(f"World {world.version}: loaded in {(time.process_time() - started) * 1000:.0f} ms")
    sources = (morocco, world)
    hard_cases(sources, show_errors)
    for title, truth in commune_sets(communes, seed):
        score(title, truth, sources, show_errors and "homonyms" not in title)
    for title, truth in foreign_names(seed).items():
        if "abroad" not in truth.values():
            score(title, truth, sources, show_errors)
        placed_in_morocco(title, truth, sources, show_errors)
    placed_in_morocco("junk", [PlaceQuery(text) for text in JUNK], sources, True)
    found = placements([PlaceQuery(text) for text in JUNK], sources, home_country="MA")
    print("junk placed anywhere:", [text.text for text, one in found.items() if one.place is not None])


if __name__ == "__main__":
    main()
