"""Pseudonyms: the same in every file for one sponsor, another in the files of the next."""

import base64
import hmac
from collections import Counter
from collections.abc import Sequence

SHORT, FULL = 6, 52  # characters of a pseudonym


def pseudonyms(event_id: str, sponsor: str, ids: Sequence[str], secret: bytes = b"") -> dict[str, str]:
    """A pseudonym for every id, such as P-7K3FQA: stable for the event and the sponsor, unlike those of any other.

    Two that would be alike are written longer.
    """
    key = secret or b"eventops"
    digests = {
        id: base64.b32encode(hmac.digest(key, "\x1f".join((event_id, sponsor, id)).encode(), "sha256")).decode()
        for id in ids
    }
    found: dict[str, str] = {}
    for length in range(SHORT, FULL + 1):
        left = {id: digest[:length] for id, digest in digests.items() if id not in found}
        alike = Counter(left.values())
        found |= {id: f"P-{code}" for id, code in left.items() if alike[code] == 1 or length == FULL}
    return found
