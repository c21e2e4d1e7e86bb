"""Ten rounds of any edits, each exported, imported and studied: Anki ends with the decks' words."""

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from cmom_srs.anki.build import Export
from cmom_srs.anki.compare import Change
from cmom_srs.anki.notes import fields
from cmom_srs.anki.stamping import WHOLE
from cmom_srs.study.notes import Note
from tests.support.anki_exports import EVERY_KIND
from tests.support.anki_exports import export
from tests.support.anki_exports import moment
from tests.support.anki_oracle import Desktop
from tests.support.anki_oracle import Log
from tests.support.anki_oracle import anki
from tests.support.anki_oracle import needs_anki
from tests.support.builders import BASIC
from tests.support.builders import CHOICE
from tests.support.builders import REVERSIBLE
from tests.support.builders import STEPS
from tests.support.builders import cloze
from tests.support.builders import note

pytestmark = needs_anki

BODIES = (BASIC, REVERSIBLE, CHOICE, STEPS, cloze(1), cloze(1, 2), cloze(2, 3))
PLACES = (("billing", "claims"), ("billing", "formulas"), ("law", "labor"), ("people", "desk"))
ROUNDS = 10


@dataclass
class Author:
    """Who edits the decks: the notes in them, those taken out, the number of ids given."""

    notes: list[Note] = field(default_factory=lambda: list(EVERY_KIND))
    gone: list[Note] = field(default_factory=list)
    ids: int = 0

    def new_id(self) -> str:
        self.ids += 1
        return f"note-{self.ids}"

    def add(self, place: int) -> None:
        domain, deck = PLACES[place % len(PLACES)]
        self.notes.append(note(self.new_id(), BODIES[place % len(BODIES)], domain, deck, self.ids))

    def take_out(self, place: int) -> None:
        if len(self.notes) > 1:
            self.gone.append(self.notes.pop(place % len(self.notes)))

    def bring_back(self, place: int) -> None:
        if self.gone:
            self.notes.append(self.gone.pop(place % len(self.gone)))

    def reword(self, place: int) -> None:
        self._change(place, extra=f"Other words, {place}.")

    def retag(self, place: int) -> None:
        self._change(place, tags=(f"topic-{place % 3}",))

    def change_body(self, place: int) -> None:
        self._change(place, body=BODIES[place % len(BODIES)])

    def move(self, place: int) -> None:
        domain, deck = PLACES[place % len(PLACES)]
        self._change(place, domain=domain, deck=deck)

    def rename(self, place: int) -> None:
        old = self.notes[place % len(self.notes)]
        self._change(place, id=self.new_id(), formerly=(*old.formerly, old.id))

    def _change(self, place: int, **changed: object) -> None:
        place %= len(self.notes)
        self.notes[place] = replace(self.notes[place], **changed)  # type: ignore[arg-type]  # any field


Edit = tuple[Callable[[Author, int], None], int]
edits: st.SearchStrategy[list[Edit]] = st.lists(
    st.tuples(
        st.sampled_from(
            (
                Author.add,
                Author.take_out,
                Author.bring_back,
                Author.reword,
                Author.retag,
                Author.change_body,
                Author.move,
                Author.rename,
            )
        ),
        st.integers(0, 99),
    ),
    max_size=4,
)


@given(st.lists(edits, min_size=ROUNDS, max_size=ROUNDS), st.integers(0, ROUNDS))
@settings(deadline=None, max_examples=5)
def test_after_ten_rounds_every_word_and_every_review_is_there(
    rounds: list[list[Edit]], dropping_round: int
) -> None:
    author = Author()
    with TemporaryDirectory() as folder, anki(Path(folder)) as desktop:
        out = Path(folder) / "exports"
        for number, edited in enumerate(rounds):
            for edit, place in edited:
                edit(author, place)
            hour = 2 * (number - ROUNDS)
            exported = export(author.notes, out, hour, is_dropping=number == dropping_round)
            take(desktop, exported, out)
            desktop.study(3, 1)
            guid = fields.guid(author.notes[number % len(author.notes)])
            desktop.tag(guid, "mine", at=moment(hour + 1))
        anki_notes = desktop.notes()
        for made in exported.packages[0].notes:
            content = made.content
            assert tuple(anki_notes[content.guid].fields.values()) == content.fields
            assert set(anki_notes[content.guid].tags) - {"mine"} == set(content.tags)
        assert {fields.guid(note) for note in author.notes} <= anki_notes.keys()


def take(desktop: Desktop, exported: Export, out: Path) -> None:
    """An import touches the notes that changed and not one card or review that is there."""
    notes, cards, log = desktop.notes(), desktop.cards(), desktop.review_log()
    made = exported.packages[0].notes
    changed = {each.content.guid for each in made if each.change is not Change.UNCHANGED}
    new = {each.content.guid for each in made} - notes.keys()
    assert desktop.take(out / WHOLE) == Log(
        new=len(new), updated=len(changed - new), duplicate=len(made) - len(changed)
    )
    after = desktop.notes()
    assert {guid for guid in notes if after[guid] != notes[guid]} == changed - new
    left = {tuple(card) for card in desktop.cards()}
    assert {tuple(card) for card in cards} <= left
    assert desktop.review_log() == log
