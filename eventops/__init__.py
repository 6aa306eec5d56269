"""What a plugin author imports; everything else is private.

Names are resolved when first used, so that `import eventops` stays cheap.
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from eventops.adapters.gazetteer_files import (
        index_from_table as index_from_table,
        packed_index as packed_index,
        unpacked_index as unpacked_index,
    )
    from eventops.adapters.safe_storage import SafeStorage as SafeStorage
    from eventops.adapters.staging import (
        StagedChange as StagedChange,
        check_kind as check_kind,
        holds as holds,
        not_empty as not_empty,
        storable as storable,
    )
    from eventops.builtin.geocoder import OfflineGeocoder as OfflineGeocoder
    from eventops.domain.deciding.groups import Group as Group, GroupRule as GroupRule
    from eventops.domain.deciding.selections import (
        Contender as Contender,
        Funding as Funding,
        Ranked as Ranked,
        Selection as Selection,
    )
    from eventops.domain.enrolling.forms import ColumnMap as ColumnMap
    from eventops.domain.enrolling.sheets import Sheet as Sheet
    from eventops.domain.event import (
        Association as Association,
        Bounds as Bounds,
        BudgetLine as BudgetLine,
        Conditions as Conditions,
        Criterion as Criterion,
        Event as Event,
        Hotel as Hotel,
        HourBounds as HourBounds,
        Meal as Meal,
        Room as Room,
        Session as Session,
        Sponsor as Sponsor,
        UsedPlugin as UsedPlugin,
        Venue as Venue,
        Workshop as Workshop,
        closing as closing,
        first_day as first_day,
        last_day as last_day,
        opening as opening,
    )
    from eventops.domain.findings import Finding as Finding, Severity as Severity, Source as Source
    from eventops.domain.hosting.lodging import Stay as Stay
    from eventops.domain.hosting.meals import ServiceCount as ServiceCount
    from eventops.domain.keeping.history import (
        HistoryEntry as HistoryEntry,
        Stamp as Stamp,
        entry_after as entry_after,
        generation_gone as generation_gone,
        kept_generations as kept_generations,
        number_to_redo as number_to_redo,
        number_to_undo as number_to_undo,
    )
    from eventops.domain.money import (
        ExchangeRate as ExchangeRate,
        Money as Money,
        converted as converted,
        rounded as rounded,
        total as total,
    )
    from eventops.domain.paying.budget import BudgetUse as BudgetUse, shares_of as shares_of
    from eventops.domain.paying.funding import (
        Paid as Paid,
        RuleUse as RuleUse,
        cost_borne as cost_borne,
        exchanged as exchanged,
        granting_rulings as granting_rulings,
        joined as joined,
        of_people as of_people,
        paid_by as paid_by,
        rate_used as rate_used,
        rules_used as rules_used,
        services_paid_by as services_paid_by,
        shown_reasons as shown_reasons,
        shown_rule as shown_rule,
    )
    from eventops.domain.people import (
        AGE_BANDS as AGE_BANDS,
        Choice as Choice,
        Consents as Consents,
        Gender as Gender,
        Participant as Participant,
        Status as Status,
        age_band as age_band,
        age_on as age_on,
    )
    from eventops.domain.places import (
        Place as Place,
        PlaceCandidate as PlaceCandidate,
        Placement as Placement,
        PlacementStatus as PlacementStatus,
        Point as Point,
    )
    from eventops.domain.placing.distance import great_circle_km as great_circle_km, road_km as road_km
    from eventops.domain.placing.matching import PlaceQuery as PlaceQuery, placements as placements
    from eventops.domain.placing.names import folded_key as folded_key
    from eventops.domain.placing.place_index import (
        Area as Area,
        AreaName as AreaName,
        NameKind as NameKind,
        PlaceIndex as PlaceIndex,
        PlaceRow as PlaceRow,
        index_of as index_of,
    )
    from eventops.domain.placing.roads import Road as Road
    from eventops.domain.plan import Plan as Plan
    from eventops.domain.reporting.criteria_words import criterion_said as criterion_said
    from eventops.domain.reporting.labels import (
        AGE_LABELS as AGE_LABELS,
        BENEFIT_LABELS as BENEFIT_LABELS,
        CATEGORY_LABELS as CATEGORY_LABELS,
        GENDER_LABELS as GENDER_LABELS,
        label_of as label_of,
        labelled as labelled,
    )
    from eventops.domain.reporting.meal_money import meals_elsewhere as meals_elsewhere
    from eventops.domain.reporting.reports import (
        Audience as Audience,
        Cell as Cell,
        Chart as Chart,
        Column as Column,
        Kind as Kind,
        Options as Options,
        Report as Report,
        Spoken as Spoken,
        Table as Table,
        Writer as Writer,
    )
    from eventops.domain.reporting.statistics import Statistics as Statistics
    from eventops.domain.reporting.titles import (
        INCLUSION_LABELS as INCLUSION_LABELS,
        UNIT_LABELS as UNIT_LABELS,
        benefit_titles as benefit_titles,
        category_titles as category_titles,
        region_titles as region_titles,
    )
    from eventops.domain.rules import (
        Benefit as Benefit,
        Candidate as Candidate,
        Combine as Combine,
        Day as Day,
        Decision as Decision,
        Effect as Effect,
        Facts as Facts,
        Grant as Grant,
        Journey as Journey,
        Night as Night,
        Outcome as Outcome,
        PricedLine as PricedLine,
        Rule as Rule,
        Ruling as Ruling,
        Scope as Scope,
        Seat as Seat,
        ServedMeal as ServedMeal,
        Setting as Setting,
        Tariff as Tariff,
        Verdict as Verdict,
        does_not_apply as does_not_apply,
        excludes as excludes,
        grants as grants,
        refers as refers,
        region_of as region_of,
    )
    from eventops.domain.texts import LANGUAGES as LANGUAGES, Message as Message, Text as Text, Wording as Wording
    from eventops.errors import (
        NotUsable as NotUsable,
        ServiceSilent as ServiceSilent,
        StoreUnavailable as StoreUnavailable,
    )
    from eventops.extension.ports import Document as Document, Erased as Erased, Store as Store
    from eventops.extension.spec import (
        Catalogue as Catalogue,
        Console as Console,
        DoctorCheck as DoctorCheck,
        Erasure as Erasure,
        Export as Export,
        Field as Field,
        Gazetteer as Gazetteer,
        Metric as Metric,
        Reader as Reader,
        RoadAnswer as RoadAnswer,
        RoadQuery as RoadQuery,
        StoreScheme as StoreScheme,
        hookimpl as hookimpl,
    )

# The same names as above, by the module that holds them (a test keeps the two alike).
_HOME = {
    "eventops.adapters.gazetteer_files": (
        "index_from_table",
        "packed_index",
        "unpacked_index",
    ),
    "eventops.adapters.safe_storage": ("SafeStorage",),
    "eventops.adapters.staging": (
        "StagedChange",
        "check_kind",
        "holds",
        "not_empty",
        "storable",
    ),
    "eventops.builtin.geocoder": ("OfflineGeocoder",),
    "eventops.domain.paying.budget": (
        "BudgetUse",
        "shares_of",
    ),
    "eventops.domain.placing.distance": (
        "great_circle_km",
        "road_km",
    ),
    "eventops.domain.event": (
        "Association",
        "Bounds",
        "BudgetLine",
        "Conditions",
        "Criterion",
        "Event",
        "Hotel",
        "HourBounds",
        "Meal",
        "Room",
        "Session",
        "Sponsor",
        "UsedPlugin",
        "Venue",
        "Workshop",
        "closing",
        "first_day",
        "last_day",
        "opening",
    ),
    "eventops.domain.findings": (
        "Finding",
        "Severity",
        "Source",
    ),
    "eventops.domain.enrolling.forms": ("ColumnMap",),
    "eventops.domain.paying.funding": (
        "Paid",
        "RuleUse",
        "cost_borne",
        "exchanged",
        "granting_rulings",
        "joined",
        "of_people",
        "paid_by",
        "rate_used",
        "rules_used",
        "services_paid_by",
        "shown_reasons",
        "shown_rule",
    ),
    "eventops.domain.deciding.groups": (
        "Group",
        "GroupRule",
    ),
    "eventops.domain.keeping.history": (
        "HistoryEntry",
        "Stamp",
        "entry_after",
        "generation_gone",
        "kept_generations",
        "number_to_redo",
        "number_to_undo",
    ),
    "eventops.domain.reporting.criteria_words": ("criterion_said",),
    "eventops.domain.reporting.labels": (
        "AGE_LABELS",
        "BENEFIT_LABELS",
        "CATEGORY_LABELS",
        "GENDER_LABELS",
        "label_of",
        "labelled",
    ),
    "eventops.domain.hosting.lodging": ("Stay",),
    "eventops.domain.hosting.meals": ("ServiceCount",),
    "eventops.domain.placing.matching": (
        "PlaceQuery",
        "placements",
    ),
    "eventops.domain.money": (
        "ExchangeRate",
        "Money",
        "converted",
        "rounded",
        "total",
    ),
    "eventops.domain.placing.names": ("folded_key",),
    "eventops.domain.people": (
        "AGE_BANDS",
        "Choice",
        "Consents",
        "Gender",
        "Participant",
        "Status",
        "age_band",
        "age_on",
    ),
    "eventops.domain.placing.place_index": (
        "Area",
        "AreaName",
        "NameKind",
        "PlaceIndex",
        "PlaceRow",
        "index_of",
    ),
    "eventops.domain.places": (
        "Place",
        "PlaceCandidate",
        "Placement",
        "PlacementStatus",
        "Point",
    ),
    "eventops.domain.plan": ("Plan",),
    "eventops.domain.reporting.meal_money": ("meals_elsewhere",),
    "eventops.domain.reporting.reports": (
        "Audience",
        "Cell",
        "Chart",
        "Column",
        "Kind",
        "Options",
        "Report",
        "Spoken",
        "Table",
        "Writer",
    ),
    "eventops.domain.placing.roads": ("Road",),
    "eventops.domain.rules": (
        "Benefit",
        "Candidate",
        "Combine",
        "Day",
        "Decision",
        "Effect",
        "Facts",
        "Grant",
        "Journey",
        "Night",
        "Outcome",
        "PricedLine",
        "Rule",
        "Ruling",
        "Scope",
        "Seat",
        "ServedMeal",
        "Setting",
        "Tariff",
        "Verdict",
        "does_not_apply",
        "excludes",
        "grants",
        "refers",
        "region_of",
    ),
    "eventops.domain.deciding.selections": (
        "Contender",
        "Funding",
        "Ranked",
        "Selection",
    ),
    "eventops.domain.enrolling.sheets": ("Sheet",),
    "eventops.domain.reporting.statistics": ("Statistics",),
    "eventops.domain.texts": (
        "Message",
        "Text",
        "Wording",
        "LANGUAGES",
    ),
    "eventops.domain.reporting.titles": (
        "INCLUSION_LABELS",
        "UNIT_LABELS",
        "benefit_titles",
        "category_titles",
        "region_titles",
    ),
    "eventops.errors": ("NotUsable", "ServiceSilent", "StoreUnavailable"),
    "eventops.extension.ports": ("Document", "Erased", "Store"),
    "eventops.extension.spec": (
        "Catalogue",
        "Console",
        "DoctorCheck",
        "Erasure",
        "Export",
        "Field",
        "Gazetteer",
        "Metric",
        "Reader",
        "RoadAnswer",
        "RoadQuery",
        "StoreScheme",
        "hookimpl",
    ),
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    for module, names in _HOME.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"eventops has no {name!r}")


def __dir__() -> list[str]:
    return sorted({"__version__", *(name for names in _HOME.values() for name in names)})
