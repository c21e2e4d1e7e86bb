"""Cards rendered by Anki itself, in pages that show them as its apps do."""

import json
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from anki.collection import Collection
from anki.consts import MODEL_CLOZE
from anki.decks import DeckId
from anki.models import NotetypeDict

from cmom_srs.anki.notes import fields
from cmom_srs.anki.notes import templates
from cmom_srs.anki.notes.note_types import NOTE_TYPES
from cmom_srs.anki.notes.note_types import NoteType
from cmom_srs.study.notes import Note

DENIED = """
Object.defineProperty(window, "sessionStorage", { get() { throw new DOMException("denied"); } });
"""
FULL = """
Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
"""
_ONE_DAY = "Date.prototype.toDateString = () => 'Tue Dec 01 2026';"

# What desktop Anki does with a side: the page stays, scripts are made anew so that they run.
_SWAP = """
const sides = JSON.parse(document.getElementById("sides").textContent);
const commands = [];
const errors = [];
addEventListener("error", (event) => errors.push(event.message));
function show(side) {
  const qa = document.getElementById("qa");
  qa.innerHTML = sides[side];
  for (const old of qa.querySelectorAll("script")) {
    const script = document.createElement("script");
    script.appendChild(document.createTextNode(old.innerHTML));
    old.parentNode.replaceChild(script, old);
  }
}
function pycmd(command) {
  commands.push(command);
  show("back");
}
show("front");
"""


@dataclass(frozen=True)
class Sides:
    """A card's two sides as HTML, with its note type's style."""

    front: str
    back: str
    style: str


@contextmanager
def anki(folder: Path) -> Iterator[Collection]:
    """An empty collection of Anki's with our note types."""
    collection = Collection(str(folder / "collection.anki2"))
    for note_type in NOTE_TYPES.values():
        _add(collection, note_type)
    yield collection
    collection.close()


def render(collection: Collection, note: Note, ordinal: int = 1, tags: Sequence[str] = ()) -> Sides:
    """The card of a note, with these tags, as Anki renders it."""
    note_type = collection.models.by_name(NOTE_TYPES[note.kind].name)
    assert note_type
    made = collection.new_note(note_type)
    for name, text in fields.render(note, f"{note.domain} > {note.deck_title}").items():
        made[name] = text
    made.tags = list(tags)
    collection.add_note(made, DeckId(1))
    card = next(card for card in made.cards() if card.ord == ordinal - 1)
    output = card.render_output()
    return Sides(output.question_text, output.answer_text, output.css)


def _add(collection: Collection, note_type: NoteType) -> None:
    models = collection.models
    made: NotetypeDict = models.new(note_type.name)
    made["type"] = MODEL_CLOZE if note_type.is_cloze else made["type"]
    made["css"] = templates.stylesheet()
    for name in note_type.fields:
        models.add_field(made, models.new_field(name))
    for written in templates.templates(note_type):
        template = models.new_template(written.name)
        template["qfmt"], template["afmt"] = written.front, written.back
        models.add_template(made, template)
    models.add_dict(made)


def desktop(sides: Sides, *, is_night: bool = False, before: str = "") -> str:
    """The one page of desktop Anki, its front shown; its `show` swaps the sides."""
    texts = json.dumps({"front": sides.front, "back": sides.back}).replace("</", "<\\/")
    night = "nightMode night_mode" if is_night else ""
    return f"""<!doctype html><html class="{"night-mode" if is_night else ""}"><head>
<meta charset="utf-8"><style>body {{ margin: 20px; }} button {{ margin: 1em 0.5em; }}
body.nightMode {{ background-color: #2c2c2c; color: #fcfcfc; }}</style>
<style>{sides.style}</style><script>{_ONE_DAY}{before}</script></head>
<body class="card card1 {night}"><div id="qa"></div>
<script type="application/json" id="sides">{texts}</script><script>{_SWAP}</script></body></html>"""


def browser(sides: Sides, *, is_night: bool = False, before: str = "") -> str:
    """The same page in an app that is neither desktop Anki nor a phone's, as on the web."""
    page = desktop(sides, is_night=is_night, before=before)
    return page.replace("function pycmd(", "function unheard(")


def phone(sides: Sides, *, is_back: bool = False, is_night: bool = False, before: str = "") -> str:
    """One of AnkiDroid's pages, which hold one side; `showAnswer` leads from front to back."""
    return f"""<!doctype html><html class="mobile android linux js"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<style>body {{ margin: 0 0 30px; padding: 0; }} #content {{ margin: 0.5em; }}</style>
<style>{sides.style}</style><script>{_ONE_DAY}{before}
const errors = [];
addEventListener("error", (event) => errors.push(event.message));
function showAnswer() {{ location.href = "back"; }}</script></head>
<body class="card card1 {"night_mode nightMode" if is_night else ""}"><div id="content">
{sides.back if is_back else sides.front}</div></body></html>"""


class Site:
    """Pages at http://127.0.0.1, by their paths."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self.pages))
        Thread(target=self._server.serve_forever, daemon=True).start()

    def put(self, path: str, page: str) -> str:
        """Serves a page at a path and returns its address."""
        self.pages[f"/{path}"] = page
        return f"http://127.0.0.1:{self._server.server_port}/{path}"

    def close(self) -> None:
        """Ends the serving."""
        self._server.shutdown()
        self._server.server_close()


def _handler(pages: Mapping[str, str]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = pages.get(self.path, "").encode()
            self.send_response(200 if page else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name there
            pass

    return Handler
