"""What Anki exported, read back: which rows are answers, and files that are no exports."""

import os
import random
import sqlite3
import struct
import threading
import zipfile
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from contextlib import closing
from math import inf
from math import nan
from pathlib import Path

import pytest
import zstandard
from genanki.apkg_col import APKG_COL
from genanki.apkg_schema import APKG_SCHEMA

from cmom_srs.anki.reading.answers import AnkiCard
from cmom_srs.anki.reading.answers import AnkiLog
from cmom_srs.anki.reading.exported import ExportedFileError
from cmom_srs.anki.reading.exported import read_answers
from cmom_srs.anki.reading.foreign import open_bytes

AT = 1_796_000_000_000  # an instant in milliseconds
NOTE, CARD, DECK = 1_790_500_000_100, 1_790_500_000_101, 1_795_750_515_069
GUID = "cmom/basic/fact"
ANSWER = {
    "id": AT,
    "cid": CARD,
    "usn": -1,
    "ease": 3,
    "ivl": 1,
    "lastIvl": 0,
    "factor": 2500,
    "time": 10_000,
    "type": 1,
}
# The same tables without a type or a rule, so that they take any value.
LOOSE = """
CREATE TABLE notes (id, guid);
CREATE TABLE cards (id, nid, ord, did, odid);
CREATE TABLE revlog (id, cid, usn, ease, ivl, lastIvl, factor, time, type);
CREATE TABLE col (crt);
INSERT INTO col VALUES (1795665600);
"""
ODD = (None, inf, -inf, nan, 10**18, -1, 2.5, "3", "x" * 100, "\x1b[31m", b"\x00\xff", b"3", "")


def collection(
    rows: Iterable[Mapping[str, object]] = (ANSWER,),
    *,
    note: tuple[object, object] = (NOTE, GUID),
    card: tuple[object, ...] = (CARD, NOTE, 0, DECK, 0),
) -> sqlite3.Connection:
    """A collection in memory with one note and one card of it, and these rows in its log."""
    database = sqlite3.connect(":memory:")
    database.executescript(LOOSE)
    database.execute("INSERT INTO notes VALUES (?, ?)", note)
    database.execute("INSERT INTO cards VALUES (?, ?, ?, ?, ?)", card)
    for row in rows:
        marks = ", ".join("?" * len(row))
        database.execute(f"INSERT INTO revlog VALUES ({marks})", tuple(row.values()))
    database.commit()
    return database


def row(place: int = 0, **changed: object) -> dict[str, object]:
    """A row of the log: a Good of ten seconds, so many minutes later."""
    return {**ANSWER, "id": AT + 60_000 * place, **changed}


def packed(folder: Path, database: sqlite3.Connection, name: str = "collection.anki21") -> Path:
    """The collection as a file that Anki exported."""
    with closing(database):
        return archived(folder, {name: database.serialize()})


def archived(folder: Path, members: dict[str, bytes]) -> Path:
    path = folder / "exported.apkg"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def read(folder: Path, database: sqlite3.Connection) -> AnkiLog:
    return read_answers(packed(folder, database))


def refuses(path: Path) -> str:
    """The words in which a file is refused: one short line, nothing of the file's own in it."""
    with pytest.raises(ExportedFileError) as refused:
        read_answers(path)
    said = refused.value.sentence
    assert said.startswith(str(path))
    assert said.removeprefix(str(path)).isprintable()
    assert len(said) < len(str(path)) + 120
    assert refused.value.way_out
    return said


# Which rows are answers


def test_an_answer_has_its_card_instant_button_and_time(tmp_path: Path) -> None:
    log = read(tmp_path, collection())
    (answer,) = log.answers
    assert answer.card == AnkiCard(GUID, 1)
    assert (answer.guid, answer.card.first_id, answer.ordinal) == (GUID, "fact", 1)
    assert (answer.anki_id, answer.button, answer.duration_ms) == (AT, 3, 10_000)
    assert not answer.is_cram
    assert log.refused == {}


@pytest.mark.parametrize(
    ("written", "read"), [(0, 0), (1, 1), (-5, 0), (None, 0), ("long", 0), (10**12, 10**12)]
)
def test_a_time_that_cannot_be_is_none(tmp_path: Path, written: object, read: int) -> None:
    (answer,) = read_answers(packed(tmp_path, collection([row(time=written)]))).answers
    assert answer.duration_ms == read


def test_the_longest_guid_that_can_be_is_ninety_characters(tmp_path: Path) -> None:
    for length, expected in ((90, 1), (91, 0)):
        guid = "cmom/basic/".ljust(length, "a")
        assert len(read(tmp_path, collection(note=(NOTE, guid))).cards) == expected


def test_an_endless_query_ends() -> None:
    with (
        closing(open_bytes(collection().serialize())) as opened,
        pytest.raises(sqlite3.OperationalError, match="interrupted"),
    ):
        opened.execute(f"{NUMBERS} SELECT count(*) FROM n").fetchone()


def test_the_four_buttons_are_answers_and_nothing_else_is(tmp_path: Path) -> None:
    log = read(tmp_path, collection(row(place, ease=place - 1) for place in range(7)))
    assert [answer.button for answer in log.answers] == [1, 2, 3, 4]
    assert log.refused == {"a button that does not exist": 2}


@pytest.mark.parametrize("kind", [4, 5])
@pytest.mark.parametrize("ease", [0, 3])
def test_a_card_set_to_a_day_or_moved_by_settings_is_no_answer(
    tmp_path: Path, kind: int, ease: int
) -> None:
    log = read(tmp_path, collection([row(ease=ease, type=kind)]))
    assert (log.answers, log.refused) == ((), {})


def test_a_forgotten_card_is_no_answer(tmp_path: Path) -> None:
    log = read(tmp_path, collection([row(ease=0, type=1)]))
    assert (log.answers, log.refused) == ((), {})


@pytest.mark.parametrize(
    ("kind", "factor", "is_cram"),
    [(0, 0, False), (1, 0, False), (2, 0, False), (3, 0, True), (3, None, True), (3, 2500, False)],
)
def test_only_a_filtered_deck_that_leaves_the_schedule_alone_is_cram(
    tmp_path: Path, kind: int, factor: object, is_cram: bool
) -> None:
    (answer,) = read(tmp_path, collection([row(type=kind, factor=factor)])).answers
    assert answer.is_cram is is_cram


def test_answers_come_in_order_of_time(tmp_path: Path) -> None:
    places = random.Random(1).sample(range(50), 50)
    log = read(tmp_path, collection(map(row, places)))
    assert [answer.anki_id for answer in log.answers] == [AT + 60_000 * n for n in range(50)]


def test_rows_of_other_notes_and_of_deleted_cards_are_passed_over(tmp_path: Path) -> None:
    assert read(tmp_path, collection(note=(NOTE, "theirs"))).answers == ()
    log = read(tmp_path, collection([row(cid=7)]))
    assert (log.answers, log.refused) == ((), {})


# What is odd in a file from elsewhere


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("column", ANSWER)
def test_an_odd_value_in_a_row_of_the_log_costs_that_row_at_most(
    tmp_path: Path, column: str, odd: object
) -> None:
    log = read(tmp_path, collection([row() | {column: odd}, row(1)]))
    assert log.answers[-1].anki_id == AT + 60_000
    assert len(log.answers) + sum(log.refused.values()) in (1, 2)
    for answer in log.answers:
        assert answer.button in (1, 2, 3, 4)
        assert isinstance(answer.anki_id, int)
        assert isinstance(answer.duration_ms, int)
        assert answer.duration_ms >= 0


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("place", range(5))
def test_an_odd_value_in_a_card_costs_its_answers_at_most(
    tmp_path: Path, place: int, odd: object
) -> None:
    card: list[object] = [CARD, NOTE, 0, DECK, 0]
    card[place] = odd
    log = read(tmp_path, collection(card=tuple(card)))
    assert len(log.answers) + sum(log.refused.values()) in (0, 1)
    assert {answer.card for answer in log.answers} <= log.cards <= {AnkiCard(GUID, 1)}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("place", range(2))
def test_an_odd_value_in_a_note_costs_its_answers_at_most(
    tmp_path: Path, place: int, odd: object
) -> None:
    note: list[object] = [NOTE, GUID]
    note[place] = odd
    log = read(tmp_path, collection(note=(note[0], note[1])))
    assert log.answers == ()


@pytest.mark.parametrize(
    "instant", [10**18, -(10**18), 0, -1, -62_135_596_800_000, 253_402_300_799_999, 2**63 - 1]
)
def test_an_answer_with_an_odd_instant_is_refused_by_that_reason(
    tmp_path: Path, instant: int
) -> None:
    log = read(tmp_path, collection([row(id=instant), row(1), row(2, id=instant)]))
    assert len(log.answers) == 1
    assert log.refused == {"a date that cannot be": 2}


@pytest.mark.parametrize("ord_", [10**9, 99, -1, 2**62])
def test_answers_of_a_card_that_cannot_be_are_refused_by_that_reason(
    tmp_path: Path, ord_: int
) -> None:
    log = read(tmp_path, collection(card=(CARD, NOTE, ord_, DECK, 0)))
    assert (log.answers, log.cards) == ((), frozenset())
    assert log.refused == {"a card that cannot be": 1}


@pytest.mark.parametrize(
    "guid",
    [
        "cmom/",
        "cmom/basic/",
        "cmom/basic/\x1b[31mred",
        "cmom/basic/a\x00b",
        "cmom/basic/../../x",
        pytest.param("cmom/basic/" + "a" * 10**6, id="a name of a million letters"),
        "cmom/basic/Fact",
        "cmom/basic/fact\n",
        "cmom/\u202e/fact",
    ],
)
def test_answers_to_a_note_that_cannot_be_are_refused_by_that_reason(
    tmp_path: Path, guid: str
) -> None:
    log = read(tmp_path, collection(note=(NOTE, guid)))
    assert (log.answers, log.cards) == ((), frozenset())
    assert log.refused == {"a note that cannot be": 1}


@pytest.mark.parametrize("kind", [6, -1, None, "new"])
def test_answers_of_a_kind_that_a_later_anki_may_write_are_refused_by_that_reason(
    tmp_path: Path, kind: object
) -> None:
    log = read(tmp_path, collection([row(type=kind)]))
    assert log.refused == {"a kind that is not known here": 1}


def test_text_that_is_no_utf_8_costs_nothing(tmp_path: Path) -> None:
    database = collection()
    database.execute("INSERT INTO notes VALUES (1, CAST(x'ff80' AS TEXT))")
    database.commit()
    assert len(read(tmp_path, database).answers) == 1


# Where a file comes from


def test_the_marks_of_a_file_are_the_collections_day_with_each_deck_of_ours(
    tmp_path: Path,
) -> None:
    database = collection()
    database.execute("INSERT INTO notes VALUES (1, 'theirs'), (2, 'cmom/cloze/gap')")
    database.execute(
        "INSERT INTO cards VALUES (1, 1, 0, 77, 0), (2, 2, 0, 88, 99), (3, 2, 1, 1, 0)"
    )
    database.commit()
    log = read(tmp_path, database)
    assert log.marks == {f"1795665600/{DECK}", "1795665600/99"}
    assert log.cards == {
        AnkiCard(GUID, 1),
        AnkiCard("cmom/cloze/gap", 1),
        AnkiCard("cmom/cloze/gap", 2),
    }


@pytest.mark.parametrize("odd", ODD)
def test_a_collection_made_on_an_odd_day_has_its_answers_and_is_known_by_its_day_if_it_is_one(
    tmp_path: Path, odd: object
) -> None:
    database = collection()
    database.execute("UPDATE col SET crt = ?", (odd,))
    database.commit()
    log = read(tmp_path, database)
    assert len(log.answers) == 1
    assert len(log.marks) == isinstance(odd, int)
    database = collection()
    database.execute("DELETE FROM col")
    database.commit()
    assert read(tmp_path, database).marks == frozenset()


def test_of_many_days_a_collection_has_the_first(tmp_path: Path) -> None:
    database = collection()
    database.executemany("INSERT INTO col VALUES (?)", ((n,) for n in range(100_000)))
    database.commit()
    assert read(tmp_path, database).marks == {f"1795665600/{DECK}"}


# Files that are no exports


def test_genankis_own_tables_are_read_too(tmp_path: Path) -> None:
    database = sqlite3.connect(":memory:")
    database.executescript(APKG_SCHEMA + APKG_COL)
    database.execute(
        "INSERT INTO notes VALUES (?, ?, 1, 1, -1, '', 'Q', 0, 0, 0, '')", (NOTE, GUID)
    )
    zeros = ", ".join("0" * 14)
    database.execute(f"INSERT INTO cards VALUES (?, ?, 1, 0, {zeros})", (CARD, NOTE))
    marks = ", ".join("?" * len(ANSWER))
    database.execute(f"INSERT INTO revlog VALUES ({marks})", tuple(ANSWER.values()))
    database.commit()
    assert len(read(tmp_path, database).answers) == 1


NUMBERS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("notes", "'cmom/basic/fact' AS guid"),
        ("cards", "1 AS nid, 0 AS ord, 2 AS did, 0 AS odid"),
        ("revlog", "1 AS cid, 3 AS ease, 1 AS time, 1 AS type, 0 AS factor"),
        ("col", "1 AS crt"),
    ],
)
def test_an_endless_view_in_place_of_a_table_is_refused(
    tmp_path: Path, table: str, columns: str
) -> None:
    database = collection()
    database.execute(f"DROP TABLE {table}")
    database.execute(f"CREATE VIEW {table} AS {NUMBERS} SELECT x AS id, {columns} FROM n")
    database.commit()
    assert "that Anki did not make" in refuses(packed(tmp_path, database))


def test_triggers_are_never_run(tmp_path: Path) -> None:
    database = collection()
    for event in ("INSERT", "UPDATE", "DELETE"):
        database.execute(
            f"CREATE TRIGGER t{event} AFTER {event} ON revlog BEGIN "
            f"INSERT INTO revlog SELECT * FROM revlog; END"
        )
    database.commit()
    assert len(read(tmp_path, database).answers) == 1


def test_a_column_that_is_worked_out_is_refused(tmp_path: Path) -> None:
    database = collection()
    database.execute("ALTER TABLE revlog ADD COLUMN big AS (hex(zeroblob(100000000)))")
    database.commit()
    assert "that Anki did not make" in refuses(packed(tmp_path, database))


def test_a_rule_that_takes_for_ever_is_not_applied(tmp_path: Path) -> None:
    database = collection()
    database.execute("ALTER TABLE revlog RENAME TO old")
    database.execute(
        "CREATE TABLE revlog (id, cid, usn, ease, ivl, lastIvl, factor, time, type, "
        "CHECK (length(hex(zeroblob(400000000))) > 1))"
    )
    database.execute("PRAGMA ignore_check_constraints = ON")
    database.execute("INSERT INTO revlog SELECT * FROM old")
    database.commit()
    assert len(read(tmp_path, database).answers) == 1


def test_a_virtual_table_is_refused(tmp_path: Path) -> None:
    database = collection()
    database.execute("DROP TABLE notes")
    database.execute("CREATE VIRTUAL TABLE notes USING fts5(id, guid)")
    database.commit()
    assert "that Anki did not make" in refuses(packed(tmp_path, database))


def test_a_missing_table_is_refused_and_a_missing_column_is_empty(tmp_path: Path) -> None:
    database = collection()
    database.execute("DROP TABLE revlog")
    database.commit()
    assert "that Anki did not make" in refuses(packed(tmp_path, database))
    database = collection()
    database.execute("ALTER TABLE revlog DROP COLUMN factor")
    database.execute("ALTER TABLE cards DROP COLUMN odid")
    database.commit()
    assert len(read(tmp_path, database).answers) == 1


def test_pages_that_lead_back_to_themselves_are_refused(tmp_path: Path) -> None:
    database = collection(row(place) for place in range(20_000))
    data = bytearray(database.serialize())
    ((root,),) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'revlog'")
    ((size,),) = database.execute("PRAGMA page_size")
    database.close()
    start = (root - 1) * size
    assert data[start] == 5  # an interior page: its cells are all made to lead to itself
    (count,) = struct.unpack_from(">H", data, start + 3)
    for cell in range(count):
        (place,) = struct.unpack_from(">H", data, start + 12 + 2 * cell)
        struct.pack_into(">I", data, start + place, root)
    refuses(archived(tmp_path, {"collection.anki21": bytes(data)}))


def test_names_of_tables_and_columns_are_not_repeated(tmp_path: Path) -> None:
    database = collection()
    database.execute('CREATE TABLE "\x1b[31mred" (x)')
    database.execute("PRAGMA writable_schema = ON")
    database.execute("UPDATE sqlite_master SET sql = 'CREATE \x1b[31m' WHERE name = 'revlog'")
    database.commit()
    refuses(packed(tmp_path, database))


@pytest.mark.parametrize(
    "data", [b"", b"x", b"SQLite format 3\0", b"SQLite format 3\0" + b"\xff" * 5000, b"PK\5\6" * 99]
)
@pytest.mark.parametrize("name", ["collection.anki2", "collection.anki21", "collection.anki21b"])
def test_a_member_that_is_no_collection_is_refused(tmp_path: Path, name: str, data: bytes) -> None:
    refuses(archived(tmp_path, {name: data}))
    packed_data = zstandard.ZstdCompressor().compress(data)
    refuses(archived(tmp_path, {name: packed_data}))


def test_a_package_in_a_package_is_none(tmp_path: Path) -> None:
    inner = packed(tmp_path, collection()).read_bytes()
    assert "holds no Anki collection" in refuses(archived(tmp_path, {"inner.apkg": inner}))
    refuses(archived(tmp_path, {"collection.anki21": inner}))


def test_two_members_of_one_name_are_refused(tmp_path: Path) -> None:
    path = packed(tmp_path, collection())
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr("collection.anki21", b"another")
    assert "two collections" in refuses(path)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_anki_never_packs_so_is_refused(tmp_path: Path, method: int) -> None:
    path = tmp_path / "exported.apkg"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("collection.anki21", b"x" * 100)
    assert "packed in a way" in refuses(path)


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path, collection())
    data = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        data[data.index(signature) + flags] |= 1
    path.write_bytes(data)
    refuses(path)


def test_names_with_escape_codes_are_not_repeated(tmp_path: Path) -> None:
    refuses(archived(tmp_path, {"\x1b]0;title\x07collection.anki21": b"x", "\x1b[31m": b"y"}))


@pytest.mark.parametrize("is_zstandard", [False, True])
def test_what_unpacks_without_end_is_refused(tmp_path: Path, is_zstandard: bool) -> None:
    zeros = bytes(30_000_000)
    name = "collection.anki21b" if is_zstandard else "collection.anki21"
    data = zstandard.ZstdCompressor().compress(zeros) if is_zstandard else zeros
    with pytest.raises(ExportedFileError, match="unpacks to more than"):
        read_answers(archived(tmp_path, {name: data}), largest_bytes=1_000_000)


def test_a_folder_and_a_pipe_are_no_file(tmp_path: Path) -> None:
    assert "is no file" in refuses(tmp_path)
    if hasattr(os, "mkfifo"):
        pipe = tmp_path / "pipe.apkg"
        os.mkfifo(pipe)
        waiting = threading.Thread(target=refuses, args=(pipe,), daemon=True)
        waiting.start()
        waiting.join(5)
        assert not waiting.is_alive()


def test_a_missing_file_is_refused_with_its_own_way_out(tmp_path: Path) -> None:
    assert "cannot be read" in refuses(tmp_path / "nowhere.apkg")


def garble(data: bytearray, dice: random.Random) -> None:
    for _ in range(dice.randint(1, 30)):
        data[dice.randrange(len(data))] = dice.randrange(256)


def cut(data: bytearray, dice: random.Random) -> None:
    del data[dice.randrange(len(data)) :]


def repeat(data: bytearray, dice: random.Random) -> None:
    start = dice.randrange(len(data))
    data[start:start] = data[start : start + dice.randrange(2_000)]


@pytest.mark.parametrize("harm", [garble, cut, repeat])
@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_damaged_there_are_words_or_answers(
    tmp_path: Path, harm: Callable[[bytearray, random.Random], None], seed: int
) -> None:
    dice = random.Random(seed)
    database = collection(row(place) for place in range(300))
    image = bytearray(database.serialize())
    if seed % 2:
        harm(image, dice)
    path = archived(tmp_path, {"collection.anki21": bytes(image), "media": b"{}"})
    database.close()
    if not seed % 2:
        data = bytearray(path.read_bytes())
        harm(data, dice)
        path.write_bytes(data)
    try:
        read = read_answers(path)
    except ExportedFileError:
        refuses(path)
    else:
        assert len(read.answers) <= 600
