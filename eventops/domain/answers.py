"""Cell values become typed facts, in three languages and without guessing."""

from eventops.domain.choices import (
    DEFAULT_CATEGORIES,
    DIETS,
    GENDERS,
    INCLUSION,
    LANGUAGES,
    OUTCOMES,
    ROLES,
    STANDARD_DIET,
    STATUSES,
)

__all__ = [
    "DEFAULT_CATEGORIES",
    "DIETS",
    "GENDERS",
    "INCLUSION",
    "LANGUAGES",
    "OUTCOMES",
    "ROLES",
    "STANDARD_DIET",
    "STATUSES",
]
