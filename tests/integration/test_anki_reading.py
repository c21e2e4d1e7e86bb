"""What real Anki logs and exports, read back as answers, cards and where they come from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cmom_srs.anki.reading.answers import AnkiCard
from cmom_srs.anki.reading.answers import AnkiLog
from cmom_srs.anki.reading.exported import read_answers
from cmom_srs.anki.stamping import WHOLE
from tests.support.anki_exports import EVERY_KIND
from tests.support.anki_exports import export
from tests.support.anki_oracle import Desktop
from tests.support.anki_oracle import anki
from tests.support.anki_oracle import needs_anki

pytestmark = needs_anki

KINDS = [("apkg", True), ("apkg", False), ("colpkg", True), ("colpkg", False)]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    export(EVERY_KIND, tmp_path / "exports", -10)
    return tmp_path / "exports" / WHOLE


@pytest.fixture
def desktop(tmp_path: Path, package: Path) -> Iterator[Desktop]:
    with anki(tmp_path / "anki") as desktop:
        desktop.take(package)
        yield desktop


def read(desktop: Desktop, folder: Path, kind: str = "apkg", *, legacy: bool = True) -> AnkiLog:
    return read_answers(desktop.give_back(folder / f"back.{kind}", legacy=legacy))


@pytest.mark.parametrize(("kind", "legacy"), KINDS)
def test_all_cards_of_ours_are_named_whether_answered_or_not(
    desktop: Desktop, tmp_path: Path, kind: str, legacy: bool
) -> None:
    desktop.study(3)
    log = read(desktop, tmp_path, kind, legacy=legacy)
    assert log.cards == {AnkiCard(guid, ordinal) for guid, ordinal in desktop.card_names()}
    assert len(log.answers) == 1
    assert log.refused == {}


@pytest.mark.parametrize("is_rescheduling", [True, False])
def test_an_early_answer_in_a_filtered_deck_is_a_review_if_the_deck_reschedules(
    desktop: Desktop, tmp_path: Path, is_rescheduling: bool
) -> None:
    for _ in range(3):
        desktop.study(4)
    desktop.study_ahead(3, is_rescheduling=is_rescheduling)
    *before, early = read(desktop, tmp_path).answers
    assert [answer.is_cram for answer in before] == [False] * 3
    assert (early.button, early.is_cram) == (3, not is_rescheduling)
    assert desktop.review_log()[-1][8] == 3  # what Anki calls both


def test_a_day_set_by_hand_and_a_card_forgotten_are_no_answers(
    desktop: Desktop, tmp_path: Path
) -> None:
    desktop.study(4)
    cards = desktop.collection.find_cards("is:review")
    desktop.collection.sched.set_due_date(cards, "5")
    desktop.collection.sched.schedule_cards_as_new(cards)
    assert len(desktop.review_log()) == 3
    log = read(desktop, tmp_path)
    assert (len(log.answers), log.refused) == (1, {})


def test_an_answer_that_is_undone_is_gone_and_its_card_is_not(
    desktop: Desktop, tmp_path: Path
) -> None:
    desktop.study(1)
    (withdrawn,) = read(desktop, tmp_path).answers
    desktop.collection.undo()
    desktop.study(3)
    later = read(desktop, tmp_path)
    assert [answer.button for answer in later.answers] == [3]
    assert withdrawn.card in later.cards
    assert withdrawn.anki_id not in {answer.anki_id for answer in later.answers}


def test_every_export_of_a_collection_bears_its_marks_and_no_other_collection_does(
    desktop: Desktop, package: Path, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    desktop.study(3)
    marks = [read(desktop, tmp_path, kind, legacy=legacy).marks for kind, legacy in KINDS]
    desktop.study(3)
    marks += [read(desktop, tmp_path, kind, legacy=legacy).marks for kind, legacy in KINDS]
    part = desktop.give_back(tmp_path / "part.apkg", legacy=False, deck="CMOM::Law")
    assert len(set(marks)) == 1
    assert read_answers(part).marks < marks[0]
    with anki(tmp_path / "other") as other:
        other.take(package)
        assert not read(other, tmp_path).marks & marks[0]
