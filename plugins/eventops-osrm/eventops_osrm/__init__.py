"""Road distances and times from a routing server that speaks OSRM's table API, named by the user."""

from eventops import Metric, Point, Setting, Text, great_circle_km, hookimpl, road_km
from eventops_osrm.table import route


def estimated_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """An estimate of the road, for as long as the server has not answered."""
    return road_km(great_circle_km(Point(*a), Point(*b)))


TABLE = Metric(
    name="table",
    title=Text(
        "By road, from a routing server (OSRM)",
        fr="Par la route, d’après un serveur de calcul d’itinéraires (OSRM)",
        ar="عبر الطريق حسب خادم لحساب المسارات (OSRM)",
    ),
    distance_km=estimated_km,
    is_road=True,
    route=route,
)


@hookimpl
def eventops_metrics() -> tuple[Metric, ...]:
    return (TABLE,)


@hookimpl
def eventops_settings() -> tuple[Setting, ...]:
    return (
        Setting(
            name="url",
            default="",
            help=Text(
                "Address of the routing server, for example http://localhost:5000",
                fr="Adresse du serveur d’itinéraires, par exemple http://localhost:5000",
                ar="عنوان خادم المسارات، مثلا http://localhost:5000",
            ),
        ),
        Setting(
            name="profile",
            default="driving",
            help=Text(
                "The server's profile: driving, car …",
                fr="Profil du serveur : driving, car…",
                ar="نمط التنقل لدى الخادم: driving أو car …",
            ),
        ),
        Setting(
            name="timeout_s",
            default=5.0,
            unit="s",
            help=Text(
                "How long to wait for an answer before road distances are estimated",
                fr="Durée d’attente d’une réponse avant d’estimer les distances routières",
                ar="مدة انتظار الجواب قبل اللجوء إلى تقدير مسافات الطريق",
            ),
        ),
    )
