"""Headings and answers in Spanish."""

from datetime import date

import pytest

from eventops.application.enrol import enrolled
from eventops.domain.enrolling.sheets import Sheet
from eventops.domain.people import Consents, Gender, Participant
from eventops.testing.builders import an_event

HEADINGS = (
    "Marca temporal",
    "Nombre",
    "Apellidos",
    "Correo electrónico",
    "Número de móvil",
    "Sexo",
    "Fecha de nacimiento",
    "¿En calidad de qué participa?",
    "Institución",
    "Municipio de residencia",
    "Provincia",
    "Restricciones alimentarias",
    "Derechos de imagen",
    "Confirmo mi asistencia",
    "DNI",
    "Observaciones",
)


def person_of(*cells: object) -> Participant:
    sheet = Sheet(name="Inscripciones", rows=(HEADINGS, cells))
    [one] = enrolled([sheet], file_name="es.csv", event=an_event(), today=date(2023, 10, 7)).added
    return one


def test_a_spanish_form_is_read_whole() -> None:
    one = person_of(
        "25/09/2023 10:12:33", "Lucía", "Vega Amrani", "lucia@example.org", "0612345678", "Mujer", "03/04/1988",
        "Ciudadana", "Cooperativa", "El Jadida", "El Jadida", "Vegetariana, sin gluten", "No autorizo",
        "Sí, acepto", "X123", "Gracias",
    )  # fmt: skip
    assert (one.name, one.email, one.phone, one.gender) == (
        "Lucía Vega Amrani",
        "lucia@example.org",
        "+212612345678",
        Gender.FEMALE,
    )
    assert (one.birth_date, one.category, one.organisation) == (date(1988, 4, 3), "citizen", "Cooperativa")
    assert (one.town, one.province, one.diet, one.notes) == (
        "El Jadida",
        "El Jadida",
        "vegetarian, gluten_free",
        "Gracias",
    )
    assert (one.consents, one.registered_on) == (Consents(attend=True, photo=False), date(2023, 9, 25))


@pytest.mark.parametrize(
    ("heading", "told"),
    [("Cuenta bancaria", "personal-columns"), ("Religión", "personal-columns"), ("Color preferido", "unknown-columns")],
)
def test_what_nobody_needs_is_named_and_not_stored(heading: str, told: str) -> None:
    rows = (("Nombre completo", "Correo", heading), ("Lucía Vega", "lucia@example.org", "secreto"))
    result = enrolled([Sheet(name="s", rows=rows)], file_name="es.csv", event=an_event(), today=date(2023, 10, 7))
    assert [one.code for one in result.findings] == [told]
