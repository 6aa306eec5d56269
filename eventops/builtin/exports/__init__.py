"""The files eventops makes for everybody around a meeting, one module an audience."""

from eventops.builtin.exports import (
    association,
    caterer,
    contacts,
    decisions,
    door,
    drivers,
    hotel,
    map as map_of_people,
    material,
    own_sheet,
    programme,
    record,
    registration_form,
    rooming,
    sponsor_pack,
    statistics,
    travel,
    working_list,
    workshop_lists,
)
from eventops.extension.spec import Export


def exports() -> tuple[Export, ...]:
    """The exports eventops brings along, in the order people need them."""
    return (
        association.PARTICIPANTS,
        working_list.WORKING_LIST,
        contacts.CONTACTS,
        travel.TRAVEL_LIST,
        hotel.LODGING_LIST,
        rooming.ROOMING_LIST,
        travel.MOVES,
        drivers.DRIVER_SHEET,
        own_sheet.OWN_SHEETS,
        own_sheet.PLACE_CARDS,
        caterer.MEAL_SHEET,
        programme.PROGRAMME,
        workshop_lists.WORKSHOP_LISTS,
        workshop_lists.DOOR_SIGNS,
        material.MATERIAL_REGISTER,
        door.ATTENDANCE_SHEET,
        decisions.SUMMARY,
        record.RECORD,
        map_of_people.MAP,
        statistics.STATISTICS,
        statistics.PUBLIC_STATISTICS,
        sponsor_pack.SPONSOR_PACK,
        registration_form.REGISTRATION_FORM,
    )
