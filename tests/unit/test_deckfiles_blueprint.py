"""Errors of blueprint.toml, each at its line."""

from datetime import date
from pathlib import Path

import pytest

from cmom_srs.deckfiles.read import read_blueprint
from tests.unit.deck_text import BLUEPRINT
from tests.unit.deck_text import lines
from tests.unit.deck_text import write_decks

SHIPPED = Path(__file__).parent.parent.parent / "decks"


def problems(tmp_path: Path, text: str) -> list[str]:
    folder = write_decks(tmp_path)
    (folder / "blueprint.toml").write_bytes(text.encode())
    blueprint, found = read_blueprint(folder)
    assert (blueprint is None) == bool(found)
    return lines(found)


def test_a_blueprint_reads_as_written(tmp_path: Path) -> None:
    blueprint, found = read_blueprint(write_decks(tmp_path))
    assert blueprint
    assert [(domain.key, domain.title) for domain in blueprint.domains] == [("practice", "Practice")]
    (profile,) = blueprint.profiles
    assert (profile.id, profile.title, profile.weights) == ("short", "A short exam", {"practice": 100})
    assert (profile.questions, profile.minutes, profile.pass_percent) == (10, 12, 75)
    assert (profile.source, profile.as_of) == ("made up for a test", date(2026, 1, 1))
    assert found == ()


def test_a_blueprint_of_windows_reads_like_any_other(tmp_path: Path) -> None:
    assert problems(tmp_path, "\ufeff" + BLUEPRINT.replace("\n", "\r\n")) == []


def test_the_shipped_blueprint_has_five_domains_and_two_profiles() -> None:
    blueprint, found = read_blueprint(SHIPPED)
    assert found == ()
    assert blueprint
    assert len(blueprint.domains) == 5
    assert [profile.id for profile in blueprint.profiles] == ["study-guide", "pmi-handbook-2015"]
    assert [profile.minutes for profile in blueprint.profiles] == [120, 240]
    assert [list(profile.weights.values()) for profile in blueprint.profiles] == [
        [20, 25, 25, 10, 20]
    ] * 2


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[[domain]]", "[[domain]", "1:10 error bad-toml this is not TOML: Expected ']]' at the end of an array declaration"),
        ("[[domain]]", "[domain]", "1:1 error bad-value `domain` is not a list of tables"),
        ('key = "practice"', 'kye = "practice"', "2:1 error unknown-key `kye` is not a key here"),
        ('key = "practice"\n', "", "1:1 error missing-key `key` is missing"),
        ('key = "practice"', 'key = "Practice"', "2:1 error bad-value `Practice` is not a key"),
        ('key = "practice"', "key = 7", "2:1 error bad-value `key` is not a text"),
        ('title = "Practice"', 'title = "A::B"', "3:1 error bad-title a title cannot hold `::`"),
        ('title = "Practice"', 'title = ""', "3:1 error bad-value `title` is not a text"),
        ('title = "Practice"', 'title = "Practice"\nweight = 5', "4:1 error unknown-key `weight` is not a key here"),
        ("[profile.short]", "[profiles.short]", "5:11 error unknown-key `profiles` is not a key here"),
        ("[profile.short]", "[profile.Short]", "5:1 error bad-value `Short` is not a profile's id"),
        ("questions = 10", "questions = 0", "7:1 error bad-value `questions` is not a whole number"),
        ("minutes = 12", "minutes = true", "8:1 error bad-value `minutes` is not a whole number"),
        ("minutes = 12", 'minutes = "12"', "8:1 error bad-value `minutes` is not a whole number"),
        ("pass_percent = 75", "pass_percent = 101", "9:1 error bad-value `pass_percent` is not a whole number"),
        ("{ practice = 100 }", "100", "10:1 error bad-weights `weights` is not a table"),
        ("{ practice = 100 }", "{ practise = 100 }", "10:1 error bad-weights `practise` is not a domain"),
        ("{ practice = 100 }", "{ practice = 99, xyz = 1 }", "10:1 error bad-weights `xyz` is not a domain"),
        ("{ practice = 100 }", "{ }", "10:1 error bad-weights the weight of `practice` is missing"),
        ("{ practice = 100 }", '{ practice = "100" }', "10:1 error bad-weights a weight is not a whole number"),
        ("{ practice = 100 }", "{ practice = 90 }", "10:1 error bad-weights the weights come to 90"),
        ('source = "made up for a test"\n', "", "5:1 error missing-key `source` is missing"),
        ("as_of = 2026-01-01", 'as_of = "2026-01-01"', "12:1 error bad-value `as_of` is not a date"),
        ("as_of = 2026-01-01", "as_of = 2026-01-01T00:00:00", "12:1 error bad-value `as_of` is not a date"),
        ('weights_source = "made up for a test"', 'weights_source = "made', "13:23 error bad-toml this is not TOML: Illegal character '\\n'"),
    ],
)
def test_a_slip_in_the_blueprint_is_one_error_at_its_line(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    assert old in BLUEPRINT
    assert problems(tmp_path, BLUEPRINT.replace(old, new, 1)) == [expected]
