"""What a learner may type for a setting."""

import dataclasses
from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
import pytest

from cmom_srs.history import settings
from cmom_srs.history.setting_kinds import Day
from cmom_srs.history.setting_kinds import OneWord
from cmom_srs.history.setting_kinds import OnOrOff
from cmom_srs.history.setting_kinds import SettingKind
from cmom_srs.history.setting_kinds import WholeNumber
from cmom_srs.history.setting_kinds import Words
from cmom_srs.history.settings import SettingError
from cmom_srs.history.settings import Settings


def test_the_defaults_are_those_of_the_schedule() -> None:
    assert Settings() == Settings(
        new_cards=20, repeat_below=3, rollover_hour=4, minutes=None, longest_wait=None
    )


def test_there_is_a_name_for_every_setting() -> None:
    fields = {field.name.replace("_", "-") for field in dataclasses.fields(Settings)}
    assert fields == {*settings.NAMES, *settings.PLAN_KINDS}


def test_what_belongs_to_the_plan_is_not_set_by_itself() -> None:
    for name in settings.PLAN_KINDS:
        with pytest.raises(SettingError) as refusal:
            settings.parse(name, "on")
        assert refusal.value.way_out == "To change it: cmom plan --help"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("new-cards", "20", 20),
        ("new-cards", "0", 0),
        ("new-cards", " 999 ", 999),
        ("repeat-below", "4", 4),
        ("rollover-hour", "0", 0),
        ("minutes", "45", 45),
        ("minutes", "off", None),
        ("minutes", "OFF", None),
        ("longest-wait", "60", 60),
        ("renewal-on", "2027-03-31", date(2027, 3, 31)),
        ("renewal-on", "off", None),
    ],
)
def test_a_value_within_its_range_is_taken(name: str, text: str, value: int | date | None) -> None:
    assert settings.parse(name, text) == value


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("new-cards", "1000", "new-cards takes a whole number from 0 to 999."),
        ("new-cards", "-1", "new-cards takes a whole number from 0 to 999."),
        ("new-cards", "off", "new-cards takes a whole number from 0 to 999."),
        ("new-cards", "", "new-cards takes a whole number from 0 to 999."),
        ("new-cards", "1.5", "new-cards takes a whole number from 0 to 999."),
        ("new-cards", "²", "new-cards takes a whole number from 0 to 999."),
        ("new-cards", "٢", "new-cards takes a whole number from 0 to 999."),
        ("new-cards", "+5", "new-cards takes a whole number from 0 to 999."),
        ("new-cards", "1_0", "new-cards takes a whole number from 0 to 999."),
        ("new-cards", "9" * 5000, "new-cards takes a whole number from 0 to 999."),
        ("repeat-below", "6", "repeat-below takes a whole number from 0 to 5."),
        ("rollover-hour", "24", "rollover-hour takes a whole number from 0 to 23."),
        ("minutes", "0", "minutes takes a whole number from 1 to 1440, or off."),
        ("renewal-on", "2027-02-30", "renewal-on takes a day such as 2027-02-01, or off."),
    ],
)
def test_any_other_value_is_refused_with_the_range(name: str, text: str, sentence: str) -> None:
    with pytest.raises(SettingError) as refusal:
        settings.parse(name, text)
    assert refusal.value.sentence == sentence
    assert refusal.value.exit_code == 1


def test_a_name_nearly_right_is_suggested() -> None:
    with pytest.raises(SettingError) as refusal:
        settings.parse("new-card", "20")
    assert refusal.value.sentence == "There is no setting new-card."
    assert refusal.value.way_out == "Did you mean new-cards?"


def test_for_any_other_name_the_settings_are_listed() -> None:
    with pytest.raises(SettingError) as refusal:
        settings.parse("color", "blue")
    assert refusal.value.way_out == (
        "The settings are new-cards, repeat-below, rollover-hour, minutes, longest-wait, "
        "renewal-on."
    )


def test_settings_are_known_by_the_names_that_are_typed() -> None:
    assert tuple(Settings().by_name()) == settings.NAMES


NUMBER, DAY, DAYS = WholeNumber(1, 9, can_be_off=True), Day(), Words(("mon", "tue", "wed"))
RESULT, SWITCH = OneWord(("passed", "failed")), OnOrOff()


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (NUMBER, "7", 7),
        (NUMBER, "off", None),
        (DAY, "2027-02-01", date(2027, 2, 1)),
        (DAY, "Off", None),
        (DAYS, "tue, MON,tue", ("mon", "tue")),
        (DAYS, "wed,tue,mon", ("mon", "tue", "wed")),
        (RESULT, "Passed", "passed"),
        (RESULT, "off", None),
        (SWITCH, "On", True),
        (SWITCH, "off", False),
    ],
)
def test_a_value_typed_comes_back_from_the_history_and_is_shown_as_it_may_be_typed(
    kind: SettingKind, text: str, value: object
) -> None:
    assert kind.parse(text) == value
    assert kind.check(msgspec.json.decode(msgspec.json.encode(value))) == value
    assert kind.parse(kind.show(value)) == value


def is_refused(take: Callable[[Any], object], value: object) -> bool:
    try:
        take(value)
    except ValueError:
        return True
    return False


@pytest.mark.parametrize(
    ("kind", "texts", "stored"),
    [
        (NUMBER, ("0", "10", "x", ""), (True, "7", 7.0, 0, [7])),
        (WholeNumber(1, 9), ("off",), (None,)),
        (DAY, ("2027-02-32", "soon", ""), (7, "soon", [])),
        (DAYS, ("sun", "", "mon,,tue"), ("mon", [], ["sun"], [1], None)),
        (RESULT, ("", "well", "passed,failed"), ("well", 1, ["passed"])),
        (SWITCH, ("", "yes"), (None, "on", 1)),
    ],
)
def test_what_a_setting_does_not_take_is_refused_typed_or_stored(
    kind: SettingKind, texts: tuple[str, ...], stored: tuple[object, ...]
) -> None:
    assert all(is_refused(kind.parse, text) for text in texts)
    assert all(is_refused(kind.check, value) for value in stored)


def test_a_kind_says_what_it_takes() -> None:
    assert str(DAY) == "a day such as 2027-02-01, or off"
    assert str(DAYS) == "one or more of mon, tue, wed, with commas between them"
    assert str(RESULT) == "one of passed, failed, or off"
    assert str(SWITCH) == "on or off"
