"""The URL of a store: that of the database, and the event in it."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from msgspec import Struct

from eventops import NotUsable
from eventops_postgres.sentences import NO_EVENT, URL_UNREADABLE

DEFAULT_EVENT = "event"
_CONNECT_SECONDS = "10"


class Address(Struct, frozen=True, kw_only=True):
    """Where a store is: what libpq needs to connect, the id of the event, and how the store is shown to people."""

    conninfo: str
    event: str
    shown: str


def address_of(url: str) -> Address:
    """The address in postgresql://USER:PASSWORD@HOST/DATABASE?event=ID. Errors: NotUsable."""
    try:
        parts = urlsplit(url)
        known = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError as error:
        raise NotUsable(
            URL_UNREADABLE,
            error=str(error),
            example="postgresql://user@host/database?event=casablanca-2023",
        ) from error
    event = next((value for name, value in known if name == "event"), DEFAULT_EVENT)
    if not event.strip() or "\0" in event:
        raise NotUsable(NO_EVENT)
    rest = [(name, value) for name, value in known if name != "event"]
    names = {name for name, _ in rest}
    if "connect_timeout" not in names:
        rest.append(("connect_timeout", _CONNECT_SECONDS))
    conninfo = f"{parts.scheme}://{parts.netloc}{parts.path}?{urlencode(rest)}"
    return Address(conninfo=conninfo, event=event, shown=f"{_without_password(parts.netloc)}{parts.path} ({event})")


def _without_password(netloc: str) -> str:
    return re.sub(r"^([^@:]*):.*@", r"\1@", netloc)
