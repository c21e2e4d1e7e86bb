"""Errors of blueprint.toml, each at its line."""

from datetime import date
from pathlib import Path

import pytest

from cmom_srs.deckfiles.blueprint import read_blueprint
from tests.support.deck_text import BLUEPRINT
from tests.support.deck_text import lines
from tests.support.deck_text import write_decks

DOMAIN, PROFILE = BLUEPRINT[: BLUEPRINT.index("[p")], BLUEPRINT[BLUEPRINT.index("[p") :]
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
    assert [(domain.key, domain.title) for domain in blueprint.domains] == [
        ("practice", "Practice")
    ]
    (profile,) = blueprint.profiles
    assert (profile.id, profile.title, profile.weights) == (
        "short",
        "A short exam",
        {"practice": 100},
    )
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
        ("[[domain]]", "[[domain]", "1:9 error bad-toml this is not TOML: "),
        ("[[domain]]", "[domain]", "1:1 error bad-value `domain` is not a list of tables"),
        ('key = "practice"', 'kye = "practice"', "2:1 error unknown-key `kye` is not a key here"),
        ('key = "practice"\n', "", "1:1 error missing-key `key` is missing"),
        ('key = "practice"', 'key = "Practice"', "2:1 error bad-value `Practice` is not a key"),
        ('key = "practice"', "key = 7", "2:1 error bad-value `key` is not a text"),
        ('title = "Practice"', 'title = "A::B"', "3:1 error bad-title a title cannot hold `::`"),
        ('title = "Practice"', 'title = ""', "3:1 error bad-value `title` is not a text"),
        (
            'title = "Practice"',
            'title = "Practice"\nweight = 5',
            "4:1 error unknown-key `weight` is not a key here",
        ),
        (
            "[[domain]]",
            '[[domain]]\nkey = "practice"\ntitle = "Again"\n\n[[domain]]',
            "6:1 error bad-value `practice` is the key of another domain already",
        ),
        (DOMAIN, "domain = [1]\n\n", "1:1 error bad-value `domain` is not a list of tables"),
        (DOMAIN, "", "1:1 error missing-key `domain` is missing"),
        (PROFILE, "", "1:1 error missing-key `profile` is missing"),
        (PROFILE, "[profile]", "5:2 error bad-value `profile` has no tables"),
        (PROFILE, "[profile.short", "5:1 error bad-toml this is not TOML: "),
        (DOMAIN, f"profile.x = 1\n\n{DOMAIN}", "1:9 error bad-value `profile.x` is not a table"),
        ("weights = { practice = 100 }\n", "", "5:1 error missing-key `weights` is missing"),
        (
            "[profile.short]",
            "[profiles.short]",
            "5:2 error unknown-key `profiles` is not a key here",
        ),
        ("[profile.short]", "[profile.Short]", "5:1 error bad-value `Short` is not a profile's id"),
        (
            "questions = 10",
            "questions = 0",
            "7:1 error bad-value `questions` is not a whole number",
        ),
        ("minutes = 12", "minutes = true", "8:1 error bad-value `minutes` is not a whole number"),
        ("minutes = 12", 'minutes = "12"', "8:1 error bad-value `minutes` is not a whole number"),
        (
            "pass_percent = 75",
            "pass_percent = 101",
            "9:1 error bad-value `pass_percent` is not a whole number",
        ),
        ("{ practice = 100 }", "100", "10:1 error bad-weights `weights` is not a table"),
        (
            "{ practice = 100 }",
            "{ practic = 100 }",
            "10:1 error bad-weights `practic` is not a domain",
        ),
        (
            "{ practice = 100 }",
            "{ practice = 99, xyz = 1 }",
            "10:1 error bad-weights `xyz` is not a domain",
        ),
        ("{ practice = 100 }", "{ }", "10:1 error bad-weights the weight of `practice` is missing"),
        (
            "{ practice = 100 }",
            '{ practice = "100" }',
            "10:1 error bad-weights a weight is not a whole number",
        ),
        (
            "{ practice = 100 }",
            "{ practice = 90 }",
            "10:1 error bad-weights the weights come to 90",
        ),
        ('source = "made up for a test"\n', "", "5:1 error missing-key `source` is missing"),
        (
            "as_of = 2026-01-01",
            'as_of = "2026-01-01"',
            "12:1 error bad-value `as_of` is not a date",
        ),
        (
            "as_of = 2026-01-01",
            "as_of = 2026-01-01T00:00:00",
            "12:1 error bad-value `as_of` is not a date",
        ),
        (
            'weights_source = "made up for a test"',
            'weights_source = "made',
            "13:23 error bad-toml this is not TOML: ",
        ),
    ],
)
def test_a_slip_in_the_blueprint_is_one_error_at_its_line(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    assert old in BLUEPRINT
    (found,) = problems(tmp_path, BLUEPRINT.replace(old, new, 1))
    assert found.partition("TOML: ")[0] == expected.partition("TOML: ")[0]


def test_weights_may_stand_in_a_table_of_their_own(tmp_path: Path) -> None:
    inline = "weights = { practice = 100 }\n"
    table = BLUEPRINT.replace(inline, "") + "\n[profile.short.weights]\npractice = {}\n"
    assert problems(tmp_path, table.replace("{}", "100")) == []
    assert problems(tmp_path, table.replace("{}", "90")) == [
        "14:16 error bad-weights the weights come to 90"
    ]


def test_errors_of_the_blueprint_come_all_in_one_run(tmp_path: Path) -> None:
    text = BLUEPRINT.replace("10\n", "x1\n").replace("12\n", "0\n").replace("75", "0")
    assert len(problems(tmp_path, text.replace("x1", "0"))) == 3


@pytest.mark.parametrize(
    "value", ["3", "true", '"x"', "[]", "[1]", "{}", "{ a = 1 }", "1.5", "2026-01-01", "[[1]]"]
)
def test_a_blueprint_whose_domains_are_no_tables_says_so(tmp_path: Path, value: str) -> None:
    assert problems(tmp_path, f"\ndomain = {value}\n") == [
        "1:1 error missing-key `profile` is missing",
        "2:1 error bad-value `domain` is not a list of tables",
    ]


@pytest.mark.parametrize("value", ["3", "true", '"x"', "[]", "[1]", "{}", "1.5", "2026-01-01"])
def test_a_blueprint_whose_profiles_are_no_tables_says_so(tmp_path: Path, value: str) -> None:
    assert problems(tmp_path, f"profile = {value}\n\n{DOMAIN}") == [
        "1:1 error bad-value `profile` has no tables"
    ]


def test_tables_may_be_written_inline_or_with_dotted_keys(tmp_path: Path) -> None:
    keys = [line for line in PROFILE.splitlines()[1:] if line]
    dotted = "\n".join(f"profile.short.{line}" for line in keys)
    inline = 'domain = [{ key = "practice", title = "Practice" }]\n'
    assert problems(tmp_path, f"{inline}{dotted}\n") == []
    wrong = dotted.replace("= 10\n", "= 0\n").replace('title = "A short exam"', "title = 7")
    assert problems(tmp_path, f"{inline}{wrong}\n") == [
        "2:15 error bad-value `title` is not a text",
        "3:15 error bad-value `questions` is not a whole number",
    ]
    assert problems(tmp_path, f"{inline.replace('title', 'tile')}{dotted}\n") == [
        "1:1 error unknown-key `tile` is not a key here",
    ]


def test_an_error_of_the_second_domain_stands_at_its_own_line(tmp_path: Path) -> None:
    second = '\n[[ domain ]]\n"key" = "People"\ntitle = 7\n'
    assert problems(tmp_path, BLUEPRINT + second) == [
        "16:2 error bad-value `People` is not a key",
        "17:1 error bad-value `title` is not a text",
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("= 10\n", f"= {'9' * 5000}\n", "7:1 error bad-toml a line has at most 2,000 characters"),
        ("= 10\n", f"= 0x{'f' * 1900}\n", "7:1 error bad-value `questions` is not a whole number"),
        ("= 10\n", f"= {'[' * 1900}\n", "7:1 error bad-toml brackets stand too deep inside one"),
        ("= 10\n", f"= {'[' * 900}{']' * 900}\n", "7:1 error bad-toml brackets stand too deep"),
        (
            "= 10\n",
            "= " + "[\n" * 900 + "]" * 900 + "\n",
            "107:1 error bad-toml brackets stand too deep",
        ),
        ("= 100 }", f"= 0x{'f' * 1900} }}", "10:1 error bad-weights a weight is not a whole num"),
        ("= 100 }", "= 1e999 }", "10:1 error bad-weights a weight is not a whole number"),
        ("= 100 }", "= nan }", "10:1 error bad-weights a weight is not a whole number"),
        ("questions =", f"a{'.a' * 4000} =", "7:1 error bad-toml a line has at most 2,000 chara"),
        ("A short exam", r"\u001b]0;x\u0007", "6:1 error bad-value `title` holds an invisible c"),
        ("A short exam", r"one\ntwo", "6:1 error bad-value `title` holds an invisible control ch"),
        ("= 2026-01-01", "= 2026-02-30", "12:9 error bad-toml this is not TOML: Invalid date or"),
        ("= 2026-01-01", "= 0000-01-01", "12:9 error bad-toml this is not TOML: Invalid date or"),
        ("minutes", r'"\u001b[2Jx"', "8:2 error unknown-key `\\x1b[2Jx` is not a key here"),
        ('"practice"\n', "'" + "x-" * 900 + "'\n", "2:1 error bad-value `x-x-x-x-x-"),
    ],
)
def test_hostile_values_are_an_error_in_words_at_their_line(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    assert old in BLUEPRINT
    found = problems(tmp_path, BLUEPRINT.replace(old, new, 1))
    assert [line for line in found if line.startswith(expected)]
    assert all(len(line) < 400 for line in found)


def test_a_value_of_any_type_anywhere_is_an_error_in_words(tmp_path: Path) -> None:
    values = ("3", "-1", "true", '""', "[]", "[1]", "{}", "{ a = 1 }", "1.5", "inf", "[[[]]]")
    for row, line in enumerate(BLUEPRINT.splitlines()):
        key, equals, _ = line.partition(" = ")
        for value in values if equals else ():
            lines = BLUEPRINT.splitlines()
            lines[row] = f"{key} = {value}"
            found = problems(tmp_path, "\n".join(lines))
            assert all(line.startswith(f"{row + 1}:1 error ") for line in found)
            assert len(found) == (
                value != "3" or key not in ("questions", "minutes", "pass_percent")
            )


def test_a_blueprint_larger_than_any_is_not_read(tmp_path: Path) -> None:
    assert problems(tmp_path, BLUEPRINT + "#\n" * 40_000) == [
        "1:1 error too-large the file has more than 64 kB"
    ]
