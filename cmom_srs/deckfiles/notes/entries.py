"""Sections to notes: the head of a deck file, the labels that every note has, and the note."""

import re
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from datetime import date

from cmom_srs.deckfiles.grammar.line_kinds import LineKind
from cmom_srs.deckfiles.grammar.lines import PlaceInFile
from cmom_srs.deckfiles.grammar.lines import Report
from cmom_srs.deckfiles.grammar.lines import Text
from cmom_srs.deckfiles.grammar.sections import Section
from cmom_srs.deckfiles.notes.arithmetic import check_arithmetic
from cmom_srs.deckfiles.notes.bodies import read_body
from cmom_srs.deckfiles.notes.bodies import read_kind
from cmom_srs.deckfiles.notes.fields import Fields
from cmom_srs.deckfiles.notes.fields import Whyless
from cmom_srs.deckfiles.notes.fields import check_texts
from cmom_srs.deckfiles.notes.fields import find_whyless
from cmom_srs.deckfiles.notes.fields import read_date
from cmom_srs.deckfiles.notes.fields import read_former_ids
from cmom_srs.deckfiles.notes.fields import read_id
from cmom_srs.deckfiles.notes.fields import read_tags
from cmom_srs.deckfiles.notes.names import mistake_parts
from cmom_srs.study.notes import Calculation
from cmom_srs.study.notes import Note
from cmom_srs.study.notes import fingerprint

_LONGEST_TITLE = 200
_MARKDOWN_LABELS = frozenset(("Question", "Scenario", "Answer", "Cloze", "Extra"))
_KEEP = re.compile(r"\bkeep ([a-z]+(?:-[a-z]+)*)")


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a deck file says for all its notes.

    `is_broken` when something in it was not understood, which may be the source.
    """

    domain: str
    deck: str
    title: str
    source: str
    as_of: date | None
    as_of_place: PlaceInFile
    tags: frozenset[str]
    is_broken: bool


@dataclass(frozen=True, slots=True)
class DeckEntry:
    """A note as it stands in its file.

    `id` is empty when it could not be read, `note` None when anything in the note is wrong.
    `labels` has the place of each label's text, `texts` all that is written in Markdown.
    `whyless` are the options and mistakes without a reason. `kept` are the codes of advice that
    the author silenced here.
    """

    id: str
    place: PlaceInFile
    formerly: tuple[tuple[str, PlaceInFile], ...]
    labels: Mapping[str, PlaceInFile]
    options: tuple[PlaceInFile, ...]
    texts: tuple[Text, ...]
    whyless: tuple[Whyless, ...]
    kept: frozenset[str]
    note: Note | None


def read_head(section: Section, domain: str, deck: str, report: Report) -> Head:
    """The head; a file without title has the deck's name for one."""
    fields = Fields(section)
    check_texts(section, report)
    title = section.name.text if section.name else deck
    if section.name and not title:
        place = section.name.place()._replace(column=1)
        report.error(place, "missing-title", "the title is empty", "write `# Title of the deck`")
    if section.name and len(title) > _LONGEST_TITLE:
        message = f"a title has at most {_LONGEST_TITLE} characters"
        report.error(section.name.place(), "too-long", message, "say it shorter")
    if section.name and "::" in title:
        message, hint = "a title cannot hold `::`", "write one colon, or a hyphen"
        report.error(section.name.place(title.index("::")), "bad-title", message, hint)
    return Head(
        domain,
        deck,
        title,
        fields.line("Source"),
        read_date(fields.text("As of"), report),
        fields.parts["As of"].text.place() if "As of" in fields.parts else section.place,
        frozenset(read_tags(fields.text("Tags"), report)),
        section.has_stray or ("Source" in fields.names and not fields.text("Source")),
    )


def read_entry(
    section: Section, head: Head, position: int, is_checked: Callable[[str], bool], report: Report
) -> DeckEntry:
    """A section as a note, the `position`th of its file from 0, with all its errors reported.

    `is_checked` tells by its fingerprint whether a note's arithmetic is known to be in order.
    """
    before = report.count
    fields = Fields(section)
    check_texts(section, report)
    note_id = read_id(section.name, report) if section.name else ""
    formerly = read_former_ids(fields.text("Formerly"), report)
    kind = read_kind(section, fields, report)
    whyless = find_whyless(kind, section, report)
    note = _read_note(kind, section, fields, head, report)
    if note and isinstance(note.body, Calculation) and not is_checked(note.fingerprint):
        mistake_places = [part.text.place() for part in mistake_parts(section)]
        check_arithmetic(note.body, fields.parts["Formula"].text.place(), mistake_places, report)
    is_sound = note_id and report.count == before and not section.has_guess
    if note:
        old_ids = tuple(old for old, _ in formerly)
        note = replace(note, id=note_id, formerly=old_ids, position=position)
    return DeckEntry(
        note_id,
        section.name.place() if section.name else section.place,
        formerly,
        {"As of": head.as_of_place}
        | {name: part.text.place() for name, part in fields.parts.items()},
        tuple(part.place for part in section.parts if part.kind is LineKind.OPTION),
        tuple(_markdown(section)),
        whyless,
        frozenset(_KEEP.findall(fields.prose("Comment"))),
        note if is_sound else None,
    )


def require_whys(entry: DeckEntry, report: Report) -> DeckEntry:
    """The entry; without its note, and reported, where an option or a mistake has no reason."""
    for whyless in entry.whyless:
        whyless.report(report)
    return replace(entry, note=None) if entry.whyless else entry


def _markdown(section: Section) -> Iterator[Text]:
    for part in section.parts:
        if part.kind in (LineKind.OPTION, LineKind.STEP) or part.name in _MARKDOWN_LABELS:
            yield part.text
        if part.why:
            yield part.why


def _read_note(
    kind: str | None, section: Section, fields: Fields, head: Head, report: Report
) -> Note | None:
    """The note without its ids; None if it has no body, not whole if errors are reported."""
    source = _read_source(section, fields, head, report)
    as_of = read_date(fields.text("As of"), report) or head.as_of
    until = _read_until(fields.text("Until"), as_of, report)
    tags = head.tags.union(read_tags(fields.text("Tags"), report))
    body = read_body(kind, section, fields, report) if kind else None
    if body is None:
        return None
    note = Note(
        id="",
        domain=head.domain,
        deck=head.deck,
        deck_title=head.title,
        position=0,
        body=body,
        source=source,
        scenario=fields.prose("Scenario"),
        extra=fields.prose("Extra"),
        as_of=as_of,
        until=until,
        manual=fields.line("Manual"),
        tags=tuple(sorted(tags)),
    )
    return replace(note, fingerprint=fingerprint(note))


def _read_source(section: Section, fields: Fields, head: Head, report: Report) -> str:
    if "Source" not in fields.names and not (head.source or head.is_broken or section.has_stray):
        report.error(
            section.place,
            "missing-label",
            "this note has no `Source:`, nor has the head of the file",
            "add `Source: ` with a citation, or one of the words formula, practice, convention",
        )
    return fields.line("Source") or head.source


def _read_until(text: Text | None, as_of: date | None, report: Report) -> date | None:
    until = read_date(text, report)
    if text and until and as_of and until < as_of:
        message = f"this is before the note's `As of`, {as_of}"
        hint = "write the last day on which what the note says is known to hold"
        report.error(text.place(), "until-before-as-of", message, hint)
    return until
