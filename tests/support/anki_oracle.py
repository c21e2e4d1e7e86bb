"""Real Anki as the judge: a collection on disk, imports as its desktop does them, reviews."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any
from typing import Literal

import pytest

if TYPE_CHECKING:
    from anki.collection import Collection

needs_anki = pytest.mark.skipif(
    find_spec("anki") is None and not os.environ.get("CI"),
    reason="needs Anki's library: pip install anki",
)

Button = Literal[1, 2, 3, 4]


@dataclass(frozen=True)
class Log:
    """How many notes an import took how."""

    new: int = 0
    updated: int = 0
    duplicate: int = 0
    conflicting: int = 0


@dataclass(frozen=True)
class AnkiNote:
    """A note as Anki has it."""

    fields: dict[str, str]
    tags: tuple[str, ...]
    mod: int


@dataclass(frozen=True)
class Shown:
    """A card's two sides as Anki renders them, and how many sounds it would play."""

    question: str
    answer: str
    sounds: int


class Desktop:
    """A learner's Anki, with the options of an import as they are before anyone touches them."""

    def __init__(self, collection: "Collection") -> None:
        self.collection = collection

    def take(self, package: Path, *, is_merging: bool = False, is_always: bool = False) -> Log:
        """Imports a package as File > Import does; nothing may be taken in another way."""
        from anki.collection import ImportAnkiPackageRequest
        from anki.import_export_pb2 import IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_ALWAYS as ALWAYS
        from anki.import_export_pb2 import IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_IF_NEWER as IF_NEWER

        options = self.collection._backend.get_import_anki_package_presets()
        options.merge_notetypes = is_merging
        options.update_notes = ALWAYS if is_always else IF_NEWER
        log = self.collection.import_anki_package(
            ImportAnkiPackageRequest(package_path=str(package), options=options)
        ).log
        others = (log.first_field_match, log.missing_notetype, log.missing_deck)
        assert not any((*others, log.empty_first_field))
        self.collection.models._clear_cache()
        return Log(len(log.new), len(log.updated), len(log.duplicate), len(log.conflicting))

    def export(self, package: Path) -> None:
        """Exports everything without progress, as File > Export does."""
        from anki.collection import ExportAnkiPackageOptions

        options = ExportAnkiPackageOptions(
            with_scheduling=False, with_deck_configs=False, with_media=True, legacy=False
        )
        self.collection.export_anki_package(out_path=str(package), options=options, limit=None)

    def give_back(self, target: Path, *, legacy: bool, deck: str = "") -> Path:
        """Exports with progress, everything or one deck, in either of Anki's formats."""
        from anki.collection import DeckIdLimit
        from anki.collection import ExportAnkiPackageOptions

        if target.suffix == ".colpkg":
            self.collection.export_collection_package(str(target), False, legacy)
            self.collection.reopen()
            return target
        options = ExportAnkiPackageOptions(
            with_scheduling=True, with_deck_configs=False, with_media=False, legacy=legacy
        )
        deck_id = self.collection.decks.id_for_name(deck)
        limit = DeckIdLimit(deck_id) if deck_id else None
        self.collection.export_anki_package(out_path=str(target), options=options, limit=limit)
        return target

    def notes(self) -> dict[str, AnkiNote]:
        """All notes by GUID."""
        ids = self.collection.find_notes("")
        notes = [self.collection.get_note(note_id) for note_id in ids]
        return {
            note.guid: AnkiNote(dict(note.items()), tuple(sorted(note.tags)), note.mod)
            for note in notes
        }

    def shown(self, guid: str) -> list[Shown]:
        """Every card of a note as Anki renders it."""
        outputs = [card.render_output() for card in self._note(guid).cards()]
        return [
            Shown(
                output.question_text,
                output.answer_text,
                len(output.question_av_tags) + len(output.answer_av_tags),
            )
            for output in outputs
        ]

    def cards(self) -> list[Any]:
        """All cards, every column."""
        return self._rows("SELECT * FROM cards ORDER BY id")

    def card_names(self) -> set[tuple[str, int]]:
        """Each card as the GUID of its note and its ordinal."""
        query = "SELECT guid, ord + 1 FROM cards JOIN notes ON notes.id = nid"
        return {(guid, ordinal) for guid, ordinal in self._rows(query)}

    def decks_of(self, guid: str) -> set[str]:
        """The names of the decks that hold a note's cards."""
        query = f"SELECT DISTINCT did FROM cards JOIN notes ON notes.id = nid WHERE guid = '{guid}'"
        return {self.collection.decks.name(deck) for (deck,) in self._rows(query)}

    def review_log(self) -> list[Any]:
        """Every review, every column."""
        return self._rows("SELECT * FROM revlog ORDER BY id")

    def _rows(self, query: str) -> list[Any]:
        assert self.collection.db
        return self.collection.db.all(query)

    def study(self, *buttons: Button, deck: str = "CMOM") -> None:
        """Answers the cards that a deck asks, with these buttons."""
        deck_id = self.collection.decks.id(deck)
        assert deck_id
        self.collection.decks.select(deck_id)
        for button in buttons:
            card = self.collection.sched.getCard()
            assert card
            card.start_timer()
            self.collection.sched.answerCard(card, button)

    def new_cards(self, count: int, *, by_position: bool) -> list[str]:
        """The first new cards of CMOM, as the GUIDs of their notes.

        By position if "New card gather order" of the deck's options says so, else as it is before
        anyone looks at the options.
        """
        from anki.cards import CardId
        from anki.scheduler.v3 import Scheduler

        deck_id = self.collection.decks.id_for_name("CMOM")
        assert deck_id
        assert isinstance(self.collection.sched, Scheduler)
        options = self.collection.decks.config_dict_for_deck_id(deck_id)
        options["new"]["perDay"] = count
        options["newGatherPriority"] = int(by_position)
        self.collection.decks.update_config(options)
        self.collection.decks.select(deck_id)
        queue = self.collection.sched.get_queued_cards(fetch_limit=count)
        cards = [self.collection.get_card(CardId(queued.card.id)) for queued in queue.cards]
        return [card.note().guid for card in cards]

    def study_ahead(self, button: Button, *, is_rescheduling: bool) -> None:
        """Answers a card that is not due yet, in a filtered deck made for it."""
        from anki.decks import DeckId

        made = self.collection.sched.get_or_create_filtered_deck(DeckId(0))
        made.name = "ahead"
        made.config.reschedule = is_rescheduling
        del made.config.search_terms[:]
        made.config.search_terms.add(search="is:review", limit=1, order=0)
        self.collection.sched.add_or_update_filtered_deck(made)
        self.study(button, deck="ahead")

    def suspend(self, guid: str) -> set[int]:
        """The learner suspends a note's cards; which they are."""
        cards = self._note(guid).card_ids()
        self.collection.sched.suspend_cards(cards)
        return set(cards)

    def edit(self, guid: str, field: str, text: str) -> None:
        """The learner changes a field."""
        note = self._note(guid)
        note[field] = text
        self.collection.update_note(note)

    def tag(self, guid: str, tag: str, at: datetime | None = None) -> None:
        """The learner tags a note, now or at an instant."""
        note = self._note(guid)
        note.add_tag(tag)
        self.collection.update_note(note)
        if at:
            assert self.collection.db
            self.collection.db.execute(
                "UPDATE notes SET mod = ? WHERE guid = ?", int(at.timestamp()), guid
            )

    def _note(self, guid: str) -> Any:
        (note_id,) = self._rows(f"SELECT id FROM notes WHERE guid = '{guid}'")[0]
        return self.collection.get_note(note_id)

    def complaints(self) -> list[str]:
        """What Check Database finds."""
        return list(self.collection._backend.check_database())

    def empty_cards(self) -> int:
        """How many cards Empty Cards would delete."""
        return sum(len(note.card_ids) for note in self.collection.get_empty_cards().notes)


@contextmanager
def anki(folder: Path, *, begins_at_four: bool = False) -> Iterator[Desktop]:
    """An Anki with an empty collection in the folder; at the end its database is checked.

    Its days begin half a day from now, so that none ends while it is studied; or at four, as
    everyone's, which is for tests that know what o'clock it is.
    """
    from anki.collection import Collection

    folder.mkdir(parents=True, exist_ok=True)
    collection = Collection(str(folder / "collection.anki2"))
    try:
        if not begins_at_four:
            collection.set_config("rollover", (datetime.now().hour + 12) % 24)
        desktop = Desktop(collection)
        yield desktop
        # Anki does not always note when a card was last answered in it; its check adds that.
        found = [said for said in desktop.complaints() if "last review time" not in said]
        assert found == []
    finally:
        collection.close()
