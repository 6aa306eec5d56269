"""store show, init, migrate, copy: where the facts of a workspace are kept."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from eventops.cli.nouns import Command, Nouns
from eventops.cli.shell import Shell, pass_shell
from eventops.errors import NotUsable

if TYPE_CHECKING:
    from eventops.extension.ports import Store
    from eventops.extension.spec import StoreScheme


@click.group(cls=Nouns)
def store() -> None:
    """The store: show it, move it, make it."""


@store.command("show", cls=Command)
@pass_shell
def show_store(shell: Shell) -> None:
    """Which store the workspace has, and what is in it."""
    from eventops.adapters.store_urls import without_password
    from eventops.application.store_copy import contents_of
    from eventops.cli.workspace import KINDS

    contents = contents_of(shell.reading)
    url = without_password(shell.store_url)
    scheme = shell.store_scheme(shell.store_url)
    view = {
        "url": url,
        "kind": scheme.name,
        "generation": shell.reading.generation,
        "documents": contents.documents,
        "head": contents.head,
        "hash": contents.hash,
    }
    lines = [
        f"{url} ({scheme.name}: {shell.say(scheme.title)})",
        *(f"  {shell.say(KINDS.get(kind, kind))}: {count}" for kind, count in contents.documents.items()),
        shell.say("{count} entries of history; the last is {head}.", count=contents.entries, head=contents.head[:16]),
        shell.say("Hash of all documents: {hash}", hash=contents.hash),
    ]
    shell.show(view, lines)


@store.command("init", cls=Command)
@pass_shell
def init_store(shell: Shell) -> None:
    """Make the store that --store or the workspace names; on a server, its tables too."""
    from eventops.adapters.store_urls import without_password

    url = shell.store_url
    create_store(shell.store_scheme(url), url)
    shell.show(
        {"url": without_password(url)},
        [shell.say("The store {store} is ready.", store=without_password(url))],
    )


@store.command("migrate", cls=Command)
@pass_shell
def migrate_store(shell: Shell) -> None:
    """Bring the store to the shape this eventops works with."""
    from eventops.adapters.store_urls import without_password

    url = shell.store_url
    scheme = shell.store_scheme(url)
    before, after = scheme.migrate(url) if scheme.migrate is not None else (1, 1)
    sentence = (
        "The store {store} is already of version {after}."
        if before == after
        else "The store {store} went from version {before} to {after}."
    )
    shell.show(
        {"before": before, "after": after},
        [shell.say(sentence, store=without_password(url), before=before, after=after)],
    )


@store.command("copy", cls=Command)
@click.argument("from_store", metavar="FROM")
@click.argument("to_store", metavar="TO")
@click.option("--use", is_flag=True, help="From now on the workspace uses the copy.")
@pass_shell
def copy_store(shell: Shell, from_store: str, to_store: str, use: bool) -> None:
    """Copy everything from the store FROM into the empty store TO, history included, and compare both by hash.

    A store is named by its URL, or by its kind alone: tinydb, sqlite.
    """
    from eventops.adapters.store_urls import relative, save_store_url, without_password
    from eventops.application.store_copy import copy_store

    source_scheme, source_url = named_store(shell, from_store, shell.folder)
    target_scheme, target_url = named_store(shell, to_store, shell.folder)
    if source_url == target_url:
        raise NotUsable("FROM and TO are the same store, {store}", store=without_password(source_url))
    source = source_scheme.open(source_url)
    target = opened_or_created(target_scheme, target_url)
    copied = copy_store(source.snapshot(), target, wait_seconds=shell.wait_seconds)
    lines = [
        shell.say(
            "Copied {count} documents and {entries} entries of history to {store}; both have the hash {hash}.",
            count=sum(copied.documents.values()),
            entries=copied.entries,
            store=without_password(target_url),
            hash=copied.hash[:16],
        )
    ]
    if use:
        save_store_url(shell.folder, relative(target_url, shell.folder))
        lines.append(shell.say("The workspace uses it from now on; {store} stays.", store=without_password(source_url)))
    else:
        lines.append(shell.say("The workspace goes on with its present store; --use would have changed that."))
    shell.show(
        {
            "from": without_password(source_url),
            "to": without_password(target_url),
            "documents": copied.documents,
            "entries": copied.entries,
            "head": copied.head,
            "hash": copied.hash,
            "used": use,
        },
        lines,
    )


def named_store(shell: Shell, text: str, folder: Path) -> "tuple[StoreScheme, str]":
    """The kind and the URL that a text names: a URL, or the name of a kind that has a usual file in a workspace.

    Errors: NotUsable.
    """
    from eventops.adapters.store_urls import absolute

    if ":" not in text:
        scheme = shell.store_scheme(f"{text or '-'}:-")
        if not scheme.file:
            raise NotUsable(
                "The store {scheme} needs a whole URL, such as {example}",
                scheme=scheme.name,
                example=f"{scheme.name}://user@host/database",
            )
        return scheme, absolute(f"{scheme.name}:{scheme.file}", folder)
    url = absolute(text, folder)
    return shell.store_scheme(url), url


def create_store(scheme: "StoreScheme", url: str) -> "Store":
    """A new store. Errors: NotUsable when there is one already, or eventops cannot make this kind."""
    if scheme.create is None:
        raise NotUsable("eventops cannot make a store of the kind {scheme}; make it yourself", scheme=scheme.name)
    return scheme.create(url)


def opened_or_created(scheme: "StoreScheme", url: str) -> "Store":
    """The store where there is one, else a new one."""
    from eventops.adapters.store_urls import file_of

    file = file_of(url)
    return scheme.open(url) if file is not None and file.exists() else create_store(scheme, url)
