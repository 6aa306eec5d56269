"""meal list, add, set, remove, present, served."""

from typing import Any

import click
import msgspec

from eventops.application.amounts import money_in
from eventops.builtin.exports.cells import diet_title
from eventops.cli.event_edits import (
    dry_run_option,
    hour_options,
    item_called,
    items_with,
    items_without,
    moment_at,
    new_id,
    save_checked,
    title_options,
    title_with,
)
from eventops.cli.meal_records import present, served
from eventops.cli.nouns import Nouns
from eventops.cli.render import table_lines
from eventops.cli.shell import Shell, pass_shell
from eventops.domain.event import Meal
from eventops.domain.texts import Text
from eventops.errors import NotUsable

MEAL = Text("meal service")
SERVED_TO = {"everyone": Text("everyone"), "overnight": Text("those who stay overnight")}


@click.group(cls=Nouns)
def meal() -> None:
    """Meal services, their menus and counts."""


meal.add_command(present)
meal.add_command(served)


@meal.command("list")
@pass_shell
def list_meals(shell: Shell) -> None:
    """Every meal service with its count, diets and cost."""
    from eventops.application.views import money_view

    meals = {one.id: one for one in shell.plan.event.meals}
    diets = sorted({diet for count in shell.plan.meals for diet in count.diets})
    headings = [
        *(
            shell.say(one)
            for one in ("Meal", "Title", "Starts", "Ends", "For", "People", "To prepare", "Served", "Cost")
        ),
        *(shell.say(diet_title(diet)) for diet in diets),
    ]
    rows, view = [], []
    for count in shell.plan.meals:
        one = meals[count.meal_id]
        rows.append(
            (
                one.id,
                shell.say(one.title),
                f"{one.starts_at:%Y-%m-%d %H:%M}",
                f"{one.ends_at:%H:%M}",
                shell.say(SERVED_TO[one.served_to]),
                count.count,
                count.to_prepare,
                "-" if count.served is None else count.served,
                shell.wording.value(count.cost) if count.cost else "-",
                *(count.diets.get(diet, 0) for diet in diets),
            )
        )
        view.append(
            {
                "service": one.id,
                "title": shell.say(one.title),
                "starts_at": one.starts_at,
                "ends_at": one.ends_at,
                "served_to": one.served_to,
                "count": count.count,
                "to_prepare": count.to_prepare,
                "diets": count.diets,
                "allergens": count.allergens,
                "at_risk": count.at_risk,
                "served": count.served,
                "no_show": count.no_show,
                "cost": money_view(count.cost),
            }
        )
    shell.show(view, table_lines(headings, rows))


@meal.command("add")
@click.argument("service")
@title_options
@hour_options
@click.option("--for", "served_to", type=click.Choice(["everyone", "overnight"]), default="everyone", help="Who eats.")
@click.option("--room", default="", help="The room it is served in.")
@click.option("--price", help="Price of one menu, like “120 MAD”.")
@click.option("--menu", help="What is served.")
@click.option("--contains", help="The allergens in the menu, between commas: milk, nuts.")
@click.option("--halal/--not-halal", default=None, help="Whether the menu is halal; it is unless said.")
@click.option("--by-day/--not-by-day", default=None, help="Keep its hour on days of fasting.")
@dry_run_option
@pass_shell
def add_meal(shell: Shell, /, service: str, starts: str | None, ends: str | None, **options: Any) -> None:
    """Add the meal service SERVICE (a short id like lunch)."""
    if not starts or not ends:
        raise NotUsable("A meal needs --starts and --ends, like --starts “2023-10-14 14:30”")
    made = Meal(
        id=new_id(shell.event.meals, service, MEAL),
        title=title_with(Text(service), options["title"], options["title_fr"], options["title_ar"]),
        starts_at=moment_at(shell, starts),
        ends_at=moment_at(shell, ends),
        served_to=options["served_to"],
        room=options["room"],
        price=money_in("--price", options["price"], shell.event.currency) if options["price"] else None,
    )
    made = _with_menu(made, options)
    _save_meals(shell, (*shell.event.meals, made), "meal add", options["dry_run"], service)


@meal.command("set")
@click.argument("service")
@title_options
@hour_options
@click.option("--for", "served_to", type=click.Choice(["everyone", "overnight"]), help="Who eats.")
@click.option("--room", help="The room it is served in.")
@click.option("--price", help="Price of one menu, like “120 MAD”.")
@click.option("--menu", help="What is served.")
@click.option("--contains", help="The allergens in the menu, between commas: milk, nuts.")
@click.option("--halal/--not-halal", default=None, help="Whether the menu is halal; it is unless said.")
@click.option("--by-day/--not-by-day", default=None, help="Keep its hour on days of fasting.")
@dry_run_option
@pass_shell
def set_meal(shell: Shell, /, service: str, starts: str | None, ends: str | None, **options: Any) -> None:
    """Change the meal service SERVICE."""
    before = item_called(shell.event.meals, service, MEAL)
    after = msgspec.structs.replace(
        before,
        title=title_with(before.title, options["title"], options["title_fr"], options["title_ar"]),
        starts_at=moment_at(shell, starts) if starts else before.starts_at,
        ends_at=moment_at(shell, ends) if ends else before.ends_at,
        served_to=options["served_to"] or before.served_to,
        room=before.room if options["room"] is None else options["room"],
        price=money_in("--price", options["price"], shell.event.currency) if options["price"] else before.price,
    )
    after = _with_menu(after, options)
    _save_meals(shell, items_with(shell.event.meals, after), "meal set", options["dry_run"], service)


@meal.command("remove")
@click.argument("service")
@dry_run_option
@pass_shell
def remove_meal(shell: Shell, service: str, dry_run: bool) -> None:
    """Remove the meal service SERVICE."""
    item_called(shell.event.meals, service, MEAL)
    _save_meals(shell, items_without(shell.event.meals, service), "meal remove", dry_run, service)


def _with_menu(meal: Meal, options: dict[str, Any]) -> Meal:
    """The service with what was said about its menu and its hour."""
    contains = options["contains"]
    return msgspec.structs.replace(
        meal,
        menu=meal.menu if options["menu"] is None else Text(options["menu"]),
        contains=meal.contains
        if contains is None
        else tuple(dict.fromkeys(one.strip() for one in contains.split(",") if one.strip())),
        halal=meal.halal if options["halal"] is None else options["halal"],
        by_day=meal.by_day if options["by_day"] is None else options["by_day"],
    )


def _save_meals(shell: Shell, meals: tuple[Meal, ...], command: str, dry_run: bool, service: str) -> None:
    save_checked(shell, msgspec.structs.replace(shell.event, meals=meals), command, dry_run, {"service": service})
