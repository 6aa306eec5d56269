import msgspec
import pytest
from hypothesis import given, strategies as st

from eventops.adapters.gazetteer_files import index_from_table, packed_index, unpacked_index
from eventops.domain.places import Place, Point
from eventops.domain.placing.matching import PlaceIndex, PlaceQuery, placements
from eventops.domain.texts import Text
from eventops.errors import NotUsable

COLUMNS = (
    "code,name,name_fr,name_ar,kind,region,region_name,province,province_name,"
    "lat,lon,radius_km,population,urban,other_names"
)
TABLE = f"""{COLUMNS}
10,Sfax,Sfax,صفاقس,city,TN-61,Sfax,,,34.74,10.76,6.5,330440,1,Taparura|Sfakes
11,Sidi Aïssa,,,,TN-61,Sfax,sfx-1,Agareb,34.7,10.6,,,,
"""


def table() -> PlaceIndex:
    return index_from_table(TABLE.encode(), name="tunisia", version="1", country="TN")


@pytest.mark.parametrize("smallest", [False, True])
def test_a_packed_index_comes_back_the_same(smallest: bool) -> None:
    assert unpacked_index(packed_index(table(), smallest=smallest)) == table()


def test_an_index_built_with_older_keys_is_given_those_of_today() -> None:
    older = msgspec.structs.replace(table(), keys_version=0, folded={"old key": 0}, compact={}, consonants={})
    assert unpacked_index(packed_index(older)) == table()


def test_bytes_that_are_no_index_say_what_to_do() -> None:
    with pytest.raises(NotUsable, match="Install the plugin that carries it again"):
        unpacked_index(b"PK\x03\x04")


@given(st.integers(20, 200))
def test_a_damaged_index_says_so(at: int) -> None:
    packed = packed_index(table())
    with pytest.raises(NotUsable, match="damaged"):
        unpacked_index(packed[:at])


def test_a_country_is_added_by_one_table() -> None:
    queries = [PlaceQuery("صفاقس"), PlaceQuery("Taparura"), PlaceQuery("sidi aissa", region="sfax")]
    found = placements(queries, (table(),))
    sfax = Place(
        code="TN:10",
        name=Text("Sfax", "Sfax", "صفاقس"),
        kind="city",
        country="TN",
        point=Point(34.74, 10.76),
        region="TN-61",
        region_name=Text("Sfax"),
        radius_km=6.5,
        population=330_440,
        urban=True,
    )
    assert [one.place for one in found.values()][:2] == [sfax, sfax]
    last = found[queries[2]].place
    assert last is not None
    assert (last.code, last.kind, last.province, last.province_name) == ("TN:11", "place", "sfx-1", Text("Agareb"))


def test_a_table_may_be_separated_by_semicolons_and_write_decimal_commas() -> None:
    data = "\ufeffcode;name;lat;lon\n1;Gabès;33,88;10,1\n".encode()
    assert index_from_table(data, name="tunisia", version="1", country="TN").place(0).point == Point(33.88, 10.1)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            b"code,name\n1,Sfax\n",
            "x.csv has no column lat, lon. A table of places needs the columns code, name, lat, lon.",
        ),
        (b"code,name,lat,lon\n1,,34,10\n", "x.csv, row 2, column name: empty, expected a value."),
        (
            b"code,name,lat,lon\n1,Sfax,34,10\n2,Gabes,133,10\n",
            "x.csv, row 3, column lat: '133' is not a number between -90 and 90.",
        ),
        (
            b"code,name,lat,lon\n1,Sfax,north,10\n",
            "x.csv, row 2, column lat: 'north' is not a number between -90 and 90.",
        ),
        (
            "code,name,lat,lon\n1,Gabès,34,10\n".encode("latin-1"),
            "x.csv is not written in UTF-8. Save it as CSV UTF-8.",
        ),
    ],
)
def test_a_faulty_table_is_refused_with_the_place_of_the_fault(data: bytes, message: str) -> None:
    with pytest.raises(NotUsable) as refused:
        index_from_table(data, name="x.csv", version="1", country="TN")
    assert str(refused.value) == message
