"""The version of what plugins import and declare, and whether a plugin's range holds it."""

import re

# Grows in its second number when a hook, a value or a field is added, in its first when one is taken away or changed.
API_VERSION = (1, 0)
ATTRIBUTE = "eventops_api"

_CLAUSE = re.compile(r"(>=|<=|==|!=|>|<|~=)\s*(\d+(?:\.\d+)*)")


def version_text(version: tuple[int, ...] = API_VERSION) -> str:
    """The version as people write it: 1.0."""
    return ".".join(str(one) for one in version)


def range_holds(declared: str, version: tuple[int, ...] = API_VERSION) -> bool:
    """Whether a range such as `>=1,<2` holds the version; numbers left out count as 0.

    Errors: ValueError for text that is no range.
    """
    clauses = [part.strip() for part in str(declared).split(",")]
    found = [_CLAUSE.fullmatch(clause) for clause in clauses]
    if not all(found):
        raise ValueError(declared)
    return all(_holds(match[1], match[2], version) for match in found if match is not None)


def _holds(sign: str, words: str, version: tuple[int, ...]) -> bool:
    bound = tuple(int(part) for part in words.split("."))
    length = max(len(bound), len(version))
    left, right = _padded(version, length), _padded(bound, length)
    if sign == "~=":
        # As in packaging: ~=1.2 is >=1.2 and ==1.*
        return left >= right and left[: max(1, len(bound) - 1)] == right[: max(1, len(bound) - 1)]
    return {
        ">=": left >= right,
        "<=": left <= right,
        "==": left == right,
        "!=": left != right,
        ">": left > right,
        "<": left < right,
    }[sign]


def _padded(numbers: tuple[int, ...], length: int) -> tuple[int, ...]:
    return numbers + (0,) * (length - len(numbers))
