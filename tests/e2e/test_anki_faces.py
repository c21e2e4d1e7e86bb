"""The card faces in a real browser: how they look, what a tap does, and that both sides agree."""

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from decimal import Decimal
from importlib.resources import files
from random import Random
from typing import Any

import pytest
from msgspec import structs

from cmom_srs.study.notes import Calculation
from cmom_srs.study.notes import Choice
from cmom_srs.study.notes import Mistake
from cmom_srs.study.notes import Note
from cmom_srs.study.questions import calculation
from cmom_srs.study.questions.calculation import Draw
from cmom_srs.study.questions.calculation import Judgment
from cmom_srs.study.questions.calculation import TypedNumber
from tests.support import anki_pages
from tests.support.anki_pages import Sides
from tests.support.anki_pages import Site
from tests.support.browser import Browser
from tests.support.browser import chromium
from tests.support.deck_text import read_deck

pytestmark = pytest.mark.chromium

DECK = """\
# A/R and privacy
Source: 45 CFR 164.524; OCR access guidance
As of: 2026-01-01

## basic
Scenario: The report of June lies on the desk of Dr. O'Neil's manager.
Question: Which bucket of the aging report is the oldest?

  | bucket | balance | share of the whole receivable | payer's filing limit |
  |---|--:|--:|---|
  | 0-30 days | $12,000 | 58.8% | one year from the date of service |
  | over 120 days | $900 | 4.4% | the same |
Answer: The last one:

  - it is *old*
  - it is **not** collected
    1. not by the `agency`
    2. not by the practice
Extra: A filing limit < 120 days runs out long before.

## reverse
Question: Which form carries an ambulance supplier's claim?
Answer: CMS-1500
Reverse: yes

## cloze
Cloze: PHI may be used for {{c1::treatment}}, {{c2::payment::money}} and **operations**.
Extra: HIPAA leaves a general consent to the practice.

## choice
Scenario: A patient of an orthopedic practice owes $640, and the account is with an agency.
Question: How must the practice handle her request for copies?
- [x] Give her the copies within 30 days
  Why: An unpaid bill is no ground for denying access.
- [ ] Give her the copies once she signs a payment plan
  Why: Access may not depend on it.
- [ ] Give her a summary now, and afterwards

  - the full reports
  - the images
  Why: A summary takes the place of copies when she agrees to it.
- [ ] Both of the above {last}
  Why: Neither is right.
- [ ] None of the above {last}
  Why: One of them is right.
Manual: HIPAA Privacy: access to records

## several
Question: What may a practice count in its fee?
- [x] Staff time spent on making the copy
  Why: Labor for copying is part of the fee.
- [ ] Staff time spent on finding the chart
  Why: Search and retrieval are excluded.
- [x] The price of a flash drive they wanted
  Why: Supplies for the copy may be charged.
- [ ] The record system's yearly upkeep
  Why: Running it is overhead.

## calculation
Scenario: The practice of Dr. Webb charged {charges}.
Question: Payments were {payments}. What is the gross collection rate, to one decimal?
Given:
- charges: $50,000 to $90,000 by $1,000
- payments: $30,000 to $49,000 by $1,000
Formula: payments / charges * 100
Unit: %
Wrong: charges / payments * 100
  Why: This inverts the ratio: {charges} came second.
Wrong: (charges - payments) / charges * 100
  Why: This is what was *not* collected.
Extra: {payments} of {charges}.

## dollars
Question: {visits} visits at $85 each come to how much?
Given:
- visits: 11 to 60 by 1
Formula: visits * 85
Unit: $

## steps
Question: A request for copies arrives. Put the work in order.
1. Log the day of receipt
2. Verify who is asking, before anyone opens the chart of the patient
3. Pull the records
4. Check the pages
5. Deliver the rest

## figures
Question: From $ 1,250 to -$ 300.00, by -5 or 12.5 % (or -$1,250.00): which is it of it all, then?
- [x] It is -$1,250.00, of which 59.6 % is due
  Why: The rest, -$300, is -2.5 % of $ 12,000.
- [ ] It is $ 5
  Why: No.
Extra: The 10-20 range of 2026-01-01, -0123456789012345678901234567890123456789 %.

## long
Scenario: Pneumonoultramicroscopicsilicovolcanoconiosis-and-hippopotomonstrosesquippedaliophobia.
Question: Which of https://www.ecfr.gov/current/title-45/subtitle-A/subchapter-C/part-164/subpart-E?
- [x] 45-CFR-164.524(c)(4)(i)(ii)(iii)-and-everything-that-stands-below-that-paragraph
  Why: Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft.
- [ ] No
  Why: No.
Extra: 0123456789012345678901234567890123456789012345678901234567890123456789
"""
NAMES = (
    "basic",
    "reverse",
    "cloze",
    "choice",
    "several",
    "calculation",
    "dollars",
    "steps",
    "figures",
    "long",
)
BACKSPACE, TAB, ENTER, SPACE, ALT, CONTROL = "\ue003", "\ue004", "\ue007", " ", "\ue00a", "\ue009"
RETIRED = ("cmom::kind::basic", "cmom::retired", "mine")
SCRIPTED = ("choice", "several", "calculation", "steps")

# What stands out of the window, what is too faint to read (WCAG AA), what is too small to tap.
INSPECT = """
const channel = (value) =>
  value <= 0.04045 * 255 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
const light = ([r, g, b]) =>
  0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
const color = (text) => text.match(/[0-9.]+/g).map(Number);
const isSolid = (text) => color(text).length === 3;
function ground(element) {
  const own = getComputedStyle(element).backgroundColor;
  return isSolid(own) ? own : ground(element.parentElement);
}
function contrast(one, other) {
  const [dark, bright] = [one, other].map((text) => light(color(text))).sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}
const found = [];
function compare(style, behind, what) {
  const size = parseFloat(style.fontSize);
  const isLarge = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
  const ratio = contrast(style.color, behind);
  if (ratio < (isLarge ? 3 : 4.5)) found.push(`faint ${ratio.toFixed(2)}: ${what}`);
}
const all = [...document.querySelectorAll("#qa *, #content *")].filter(
  (element) => element.getClientRects().length
);
for (const element of all) {
  for (const pseudo of ["::before", "::after"]) {
    const style = getComputedStyle(element, pseudo);
    if (!["none", "normal", '""'].includes(style.content)) {
      const own = style.backgroundColor;
      compare(style, isSolid(own) ? own : ground(element), `${pseudo} ${style.content}`);
    }
  }
  if (element.matches("[role=radio], [role=checkbox], [role=button], button, input")) {
    const { width, height } = element.getBoundingClientRect();
    if (width < 44 || height < 44) found.push(`small: ${element.outerHTML}`);
  }
}
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  const text = texts.currentNode;
  const range = document.createRange();
  range.selectNodeContents(text);
  const lines = text.data.trim() ? [...range.getClientRects()] : [];
  if (!lines.length) continue;
  compare(getComputedStyle(text.parentElement), ground(text.parentElement), text.data);
  const isOut = ({ left, right }) => left < 0 || right > innerWidth;
  if (lines.some(isOut) && !text.parentElement.closest("table")) found.push(`cut: ${text.data}`);
}
const page = document.scrollingElement;
if (page.scrollWidth > innerWidth) found.push(`wider than the window: ${page.scrollWidth}`);
return [...found, ...errors];
"""


@pytest.fixture(scope="module")
def faces(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Sides]:
    """The sides of a card of each kind, by the note's id; `reverse` by its second card."""
    folder = tmp_path_factory.mktemp("anki")
    decks = read_deck(folder, DECK)
    assert not decks.problems
    with anki_pages.anki(folder) as collection:
        notes = decks.files[0].notes
        return {
            **{
                note.id: anki_pages.render(collection, note, 2 if note.id == "reverse" else 1)
                for note in notes
            },
            **{
                f"{note.id}, retired": anki_pages.render(collection, note, tags=RETIRED)
                for note in notes
            },
            **{
                f"{note.id}, no why": anki_pages.render(collection, without_whys(note))
                for note in notes
                if note.id in ("choice", "several", "calculation")
            },
        }


def without_whys(written: Note) -> Note:
    """The note with nothing said of why its options or mistakes are right or wrong."""
    body = written.body
    if isinstance(body, Choice):
        options = tuple(structs.replace(option, why="") for option in body.options)
        return replace(written, body=structs.replace(body, options=options))
    assert isinstance(body, Calculation)
    mistakes = tuple(structs.replace(mistake, why="") for mistake in body.mistakes)
    return replace(written, body=structs.replace(body, mistakes=mistakes))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser without scroll bars, as on phones, and without motion, so that colors stand."""
    with chromium(tmp_path_factory.mktemp("browser")) as opened:
        opened.devtools("Emulation.setScrollbarsHidden", hidden=True)
        calm = {"name": "prefers-reduced-motion", "value": "reduce"}
        opened.devtools("Emulation.setEmulatedMedia", features=[calm])
        opened.resize(360)
        yield opened


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """Where the pages are served."""
    served = Site()
    yield served
    served.close()


@dataclass(frozen=True)
class App:
    """Desktop Anki's one page, or the two pages of AnkiDroid, with one card."""

    browser: Browser
    front_page: str
    back_page: str | None

    def front(self) -> None:
        self.browser.open(self.front_page)

    def back(self) -> None:
        if self.back_page:
            self.browser.open(self.back_page)
        else:
            self.browser.run("show('back')")

    def press(self, letters: str) -> None:
        """Presses the keys of these rows: Alt with digits on a desktop, the letters elsewhere."""
        if self.back_page:
            self.browser.press(letters)
        else:
            digits = "".join(str("abcdefgh".index(letter) + 1) for letter in letters)
            self.browser.press(digits, held=ALT)

    def label(self, letter: str) -> str:
        """What the row of this letter is called in this app."""
        return letter.upper() if self.back_page else str("abcdefgh".index(letter) + 1)

    def text(self, selector: str) -> str:
        """What is read at the first element of a selector; nothing when it does not show."""
        return self.texts(selector)[0]

    def texts(self, selector: str) -> list[str]:
        """What is read at every element of a selector."""
        return list(self.browser.run(READ, selector))

    def values(self, selector: str, name: str) -> list[Any]:
        """A property of every element of a selector."""
        return list(self.browser.run(VALUES, selector, name))


READ = """
const read = (one) => (one.getClientRects().length ? one.innerText : "");
return [...document.querySelectorAll(arguments[0])].map(read);
"""
VALUES = """
return [...document.querySelectorAll(arguments[0])].map((one) => one[arguments[1]]);
"""


Deal = Callable[..., App]


@pytest.fixture
def deal(faces: Mapping[str, Sides], browser: Browser, site: Site) -> Deal:
    """Puts a card into an app, its front shown."""

    def dealt(
        name: str,
        *,
        is_phone: bool = False,
        is_desktop: bool = True,
        is_night: bool = False,
        size: int | None = None,
        before: str = "",
    ) -> App:
        sides = faces[name]
        if size:  # as a learner sets it in the note type, or a phone for all apps
            sides = replace(sides, style=f"{sides.style}\n.card {{ --size: {size}px; }}")
        if is_phone:
            front = anki_pages.phone(sides, is_night=is_night, before=before)
            back = anki_pages.phone(sides, is_back=True, is_night=is_night, before=before)
            app = App(browser, site.put("front", front), site.put("back", back))
        else:
            show = anki_pages.desktop if is_desktop else anki_pages.browser
            page = show(sides, is_night=is_night, before=before)
            app = App(browser, site.put("page", page), None)
        app.front()
        return app

    return dealt


# How they look


@pytest.mark.parametrize("is_night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("is_phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_cut_or_faint_or_small_at_any_width(
    name: str, is_phone: bool, is_night: bool, deal: Deal, browser: Browser
) -> None:
    card = deal(name, is_phone=is_phone, is_night=is_night)
    assert inspect(browser) == []
    answer(card)
    assert inspect(browser) == []
    card.back()
    assert inspect(browser) == []


def answer(card: App) -> None:
    """Answers a card, mostly wrongly, so that its back has something to say."""
    if rows := card.values(".live > li", "textContent"):
        card.press("ab" if len(rows) < 5 else "abcde")
    elif card.values(".typed", "hidden") == [False]:
        card.browser.click(".typed input")
        card.browser.press("4")


def inspect(browser: Browser) -> list[str]:
    found = []
    for width in (320, 360, 1200):
        browser.resize(width)
        found += browser.run(INSPECT)
    browser.resize(360)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_cut_in_large_type(name: str, deal: Deal, browser: Browser) -> None:
    card = deal(name, is_phone=True, size=26)
    answer(card)
    assert inspect(browser) == []
    card.back()
    assert inspect(browser) == []


@pytest.mark.parametrize("name", ["choice", "several", "steps"])
def test_in_large_type_on_a_phone_two_thirds_of_a_row_are_its_text(
    name: str, deal: Deal, browser: Browser
) -> None:
    deal(name, is_phone=True, size=26)
    width = browser.run(
        """
        const row = document.querySelector(".live > li");
        const { paddingLeft, paddingRight, borderLeftWidth } = getComputedStyle(row);
        const around = [paddingLeft, paddingRight, borderLeftWidth, borderLeftWidth];
        return around.reduce((left, each) => left - parseFloat(each), row.offsetWidth);
        """
    )
    assert width >= 225


def test_one_variable_is_the_size_of_all_type(deal: Deal, browser: Browser) -> None:
    sizes = []
    for size in (13, 26):
        deal("basic", is_phone=True, size=size)
        sizes.append(
            browser.run(
                """
                const all = [".cmom", ".question", ".scenario", "td", "th"];
                const size = (name) => getComputedStyle(document.querySelector(name)).fontSize;
                return all.map((name) => parseFloat(size(name)));
                """
            )
        )
    small, large = sizes
    assert [round(one * 2, 2) for one in small] == [round(one, 2) for one in large]


def test_a_table_fits_a_small_phone_or_is_scrolled(deal: Deal, browser: Browser) -> None:
    measure = """
    const table = document.querySelector("table");
    return [table.scrollWidth - table.clientWidth, getComputedStyle(table).overflowX];
    """
    browser.resize(320)
    deal("basic", is_phone=True)
    assert browser.run(measure) == [0, "auto"]
    deal("basic", is_phone=True, size=40)
    missing, overflow = browser.run(measure)
    browser.resize(360)
    assert missing > 0
    assert overflow == "auto"


@pytest.mark.parametrize("width", range(320, 480, 20))
def test_a_figure_never_breaks_from_its_signs(width: int, deal: Deal, browser: Browser) -> None:
    browser.resize(width)
    card = deal("figures", is_phone=True)
    held = card.texts(".question .held")
    assert held == ["$ 1,250", "-$ 300.00", "-5", "12.5 %", "-$1,250.00"]
    card.back()
    lines = browser.run(
        "return [...document.querySelectorAll('.held')].map((one) => one.getClientRects().length)"
    )
    browser.resize(360)
    assert len(lines) > 8
    assert set(lines) == {1}


def test_the_result_of_a_solution_stays_with_its_sign(deal: Deal) -> None:
    card = deal("calculation")
    card.back()
    assert card.text(".numbers .held:last-child") == f"= {card.text('.figure')}"


@pytest.mark.parametrize("is_phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", NAMES)
def test_a_retired_card_says_so_on_both_sides_and_no_other_does(
    name: str, is_phone: bool, deal: Deal, browser: Browser
) -> None:
    said = "return getComputedStyle(document.querySelector('.cmom'), '::before').content"
    card = deal(f"{name}, retired", is_phone=is_phone)
    assert browser.run(said) == '"Retired: no longer in these decks. Suspend this card."'
    card.back()
    assert "Retired" in browser.run(said)
    assert inspect(browser) == []
    card = deal(name, is_phone=is_phone)
    assert browser.run(said) == "none"


@pytest.mark.parametrize("name", ["choice", "several"])
def test_an_option_without_a_why_is_marked_and_no_other_gap_is_left(
    name: str, deal: Deal, browser: Browser
) -> None:
    card = deal(f"{name}, no why", is_phone=True)
    answer(card)
    card.back()
    assert inspect(browser) == []
    heights = card.values(".why", "offsetHeight")
    marks = card.values(".rationales > li", "textContent")
    for height, text in zip(heights, marks, strict=True):
        assert (height > 0) is any(sign in text for sign in "✓✗○")
    card = deal(f"{name}, no why", is_phone=True)
    card.back()
    assert "✓ Right. " in signs(card)


@pytest.mark.parametrize("is_phone", [False, True], ids=["desktop", "phone"])
def test_day_is_bright_and_night_is_dark(is_phone: bool, deal: Deal, browser: Browser) -> None:
    shade = "return getComputedStyle(document.body).backgroundColor"
    deal("basic", is_phone=is_phone)
    day = browser.run(shade)
    deal("basic", is_phone=is_phone, is_night=True)
    assert (day, browser.run(shade)) == ("rgb(250, 249, 246)", "rgb(21, 24, 27)")


def test_motion_is_left_out_when_the_learner_asks_for_none(deal: Deal, browser: Browser) -> None:
    moves = "return getComputedStyle(document.querySelector('.live > li')).transitionDuration"
    deal("choice")
    assert browser.run(moves) == "0s"
    calm = {"name": "prefers-reduced-motion", "value": "reduce"}
    browser.devtools("Emulation.setEmulatedMedia", features=[])
    assert browser.run(moves) != "0s"
    browser.devtools("Emulation.setEmulatedMedia", features=[calm])


def test_a_table_and_lists_look_like_a_table_and_lists(deal: Deal) -> None:
    card = deal("basic")
    assert card.texts(".question th") == [
        "bucket", "balance", "share of the whole receivable", "payer's filing limit",
    ]  # fmt: skip
    assert card.text(".scenario").startswith("The report of June")
    card.back()
    assert card.texts(".answer > ul > li em") == ["old"]
    assert card.texts(".answer ol > li") == ["not by the agency", "not by the practice"]
    assert card.text(".extra") == "A filing limit < 120 days runs out long before."


def test_the_footer_says_where_the_answer_comes_from(deal: Deal) -> None:
    card = deal("choice")
    assert card.texts("footer") == []
    card.back()
    assert [" ".join(text.split()) for text in card.texts("footer p")] == [
        "Source 45 CFR 164.524; OCR access guidance",
        "As of 2026-01-01",
        "Manual HIPAA Privacy: access to records",
        "Deck practice > A/R and privacy",
    ]


def test_the_reverse_asks_for_the_question(deal: Deal) -> None:
    card = deal("reverse")
    assert card.text(".cmom") == "CMS-1500"
    card.back()
    assert card.text(".question") == "CMS-1500"
    assert card.text(".answer") == "Which form carries an ambulance supplier's claim?"


def test_a_cloze_shows_its_gap_and_then_its_word(deal: Deal) -> None:
    card = deal("cloze")
    assert card.text(".cmom") == "PHI may be used for [...], payment and operations."
    card.back()
    assert card.text(".sentence") == "PHI may be used for treatment, payment and operations."
    assert card.texts(".cloze") == ["treatment"]


# Choices


RIGHT, PLAN, SUMMARY = (
    "Give her the copies within",
    "Give her the copies once",
    "Give her a summary",
)
MAKING, PRICE, UPKEEP, FINDING = (
    "Staff time spent on making",
    "The price",
    "The record",
    "Staff time spent on finding",
)
YOURS = "✓ Right, your choice. "


def letter_of(card: App, beginning: str) -> str:
    """The letter before the option that begins so."""
    shown = card.texts(".options > li")
    place = next(place for place, text in enumerate(shown) if text.startswith(beginning))
    return "abcdefgh"[place]


def chosen(card: App) -> list[str]:
    """The letters of the options that are shown as chosen."""
    states = card.values(".options > li", "ariaChecked")
    return [letter for letter, state in zip("abcdefgh", states, strict=False) if state == "true"]


def test_on_a_desktop_an_option_is_chosen_by_a_tap_or_alt_with_its_digit(
    deal: Deal, browser: Browser
) -> None:
    card = deal("choice")
    assert badges(card) == ["1", "2", "3", "4", "5"]
    assert card.text(".task") == "Choose one Alt+1 to Alt+5"
    assert chosen(card) == []
    browser.click(".options > li", 2)
    assert chosen(card) == ["c"]
    browser.press("1", held=ALT)
    assert chosen(card) == ["a"]
    browser.press("bd24h9")  # Anki's own keys, and keys of nobody
    browser.press("b", held=ALT)
    browser.press("2", held=CONTROL)
    assert chosen(card) == ["a"]


@pytest.mark.parametrize("is_phone", [True, False])
def test_elsewhere_an_option_is_chosen_by_a_tap_or_its_letter(
    is_phone: bool, deal: Deal, browser: Browser
) -> None:
    card = deal("choice", is_phone=is_phone, is_desktop=False)
    assert badges(card) == ["A", "B", "C", "D", "E"]
    assert card.text(".task") == "Choose one"
    browser.click(".options > li", 2)
    assert chosen(card) == ["c"]
    browser.press("b")
    assert chosen(card) == ["b"]
    browser.press("D")
    assert chosen(card) == ["d"]
    browser.press("12hz90")
    browser.press("a", held=CONTROL)
    assert chosen(card) == ["d"]


def badges(card: App) -> list[str]:
    """What the options are called, as the stylesheet writes it."""
    style = card.browser.run(
        "return getComputedStyle(document.querySelector('.options > li'), '::before').content"
    )
    count = len(card.texts(".options > li"))
    return list("ABCDEFGH"[:count] if "upper-alpha" in style else "12345678"[:count])


@pytest.mark.parametrize("name", ["choice", "several", "steps"])
@pytest.mark.parametrize("key", [ENTER, SPACE])
def test_a_row_with_the_focus_is_pressed_by_enter_or_a_blank_and_the_app_hears_neither(
    name: str, key: str, deal: Deal, browser: Browser
) -> None:
    card = deal(name, is_phone=True)
    browser.run("addEventListener('keydown', (event) => errors.push(event.key))")
    browser.press(TAB + TAB + key)
    states = card.values(".live > li", "ariaPressed" if name == "steps" else "ariaChecked")
    assert states[:2] == ["false", "true"]
    assert browser.run("return errors") == ["Tab", "Tab"]


@pytest.mark.parametrize("name", ["choice", "several", "steps"])
@pytest.mark.parametrize("key", [ENTER, SPACE])
def test_after_a_tap_the_key_that_shows_the_answer_takes_nothing_back(
    name: str, key: str, deal: Deal, browser: Browser
) -> None:
    card = deal(name, is_phone=True)
    browser.click(".live > li", 1)
    browser.press(key)
    states = card.values(".live > li", "ariaPressed" if name == "steps" else "ariaChecked")
    assert states[1] == "true"


def test_a_key_held_down_presses_once(deal: Deal, browser: Browser) -> None:
    card = deal("several", is_phone=True)
    browser.run(
        """
        const row = document.querySelector(".options > li");
        for (const repeat of [false, true, true, true])
          for (const [target, key] of [[row, " "], [document, "b"]])
            target.dispatchEvent(new KeyboardEvent("keydown", { key, repeat, bubbles: true }));
        """
    )
    assert chosen(card) == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "group", "role"),
    [
        ("choice", "radiogroup", "radio"),
        ("several", "group", "checkbox"),
        ("steps", "group", "button"),
    ],
)
def test_rows_and_their_group_have_names_for_a_screen_reader(
    name: str, group: str, role: str, deal: Deal, browser: Browser
) -> None:
    card = deal(name)
    question = card.text(".question")
    texts = [text.splitlines()[0] for text in card.texts(".live > li")]
    tree = accessible(browser)
    assert (group, question) in tree
    named = [spoken for found, spoken in tree if found == role]
    for text in texts:
        assert any(text in spoken for spoken in named)


def accessible(browser: Browser) -> list[tuple[str, str]]:
    """The page as a screen reader gets it: roles with names."""
    nodes = browser.devtools("Accessibility.getFullAXTree")["nodes"]
    return [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node["ignored"]
    ]


@pytest.mark.parametrize("name", SCRIPTED)
def test_the_verdict_is_a_status_that_a_screen_reader_tells(
    name: str, deal: Deal, browser: Browser
) -> None:
    card = deal(name)
    answer(card)
    card.back()
    assert "status" in [role for role, _ in accessible(browser)]
    assert card.values(".verdict", "role") == ["status"]


def test_several_options_are_chosen_and_taken_back(deal: Deal, browser: Browser) -> None:
    card = deal("several")
    assert card.text(".task").startswith("Select all that apply")
    card.press("acd")
    browser.click(".options > li", 2)
    assert chosen(card) == ["a", "d"]


@pytest.mark.parametrize("name", ["choice", "several"])
def test_the_front_does_not_tell_the_right_options(name: str, deal: Deal, browser: Browser) -> None:
    card = deal(name)
    before = card.values(".options > li", "className")
    card.press("a")
    assert set(before) == {"tappable"} == set(card.values(".options > li", "className"))
    assert "✓" not in card.text(".cmom")


@pytest.mark.parametrize(
    ("option", "verdict", "marks"),
    [
        (RIGHT, "✓ Right.", {RIGHT: "✓ Right, your choice. "}),
        (
            PLAN,
            "✗ Wrong: the answer is {right}.",
            {RIGHT: "✓ Right. ", PLAN: "✗ Wrong, your choice. "},
        ),
    ],
)
def test_the_back_marks_the_choice_and_the_right_option(
    option: str, verdict: str, marks: dict[str, str], deal: Deal, browser: Browser
) -> None:
    card = deal("choice")
    right = card.label(letter_of(card, RIGHT))
    card.press(letter_of(card, option))
    card.back()
    assert card.values(".verdict", "textContent") == [verdict.format(right=right)]
    rows = card.values(".rationales > li", "textContent")
    for beginning in (RIGHT, PLAN, SUMMARY):
        row = next(row for row in rows if row and row.startswith(beginning))
        assert ("✓" in row or "✗" in row) is (beginning in marks)
        assert marks.get(beginning, "") in row
    assert signs(card) == []


@pytest.mark.parametrize(
    ("beginnings", "verdict", "marks"),
    [
        ((MAKING, PRICE), "✓ Right.", {MAKING: YOURS, PRICE: YOURS}),
        (
            (PRICE,),
            "✗ Wrong: 1 of the 2 right options chosen.",
            {PRICE: YOURS, MAKING: "○ Missed. "},
        ),
        (
            (PRICE, UPKEEP, FINDING),
            "✗ Wrong: 1 of the 2 right options chosen, and 2 wrong.",
            {
                PRICE: YOURS,
                MAKING: "○ Missed. ",
                UPKEEP: "✗ Wrong, your choice. ",
                FINDING: "✗ Wrong, your choice. ",
            },
        ),
    ],
)
def test_the_back_counts_the_right_ones_of_several_and_marks_those_missed(
    beginnings: Sequence[str], verdict: str, marks: Mapping[str, str], deal: Deal
) -> None:
    card = deal("several")
    card.press("".join(letter_of(card, beginning) for beginning in beginnings))
    card.back()
    assert card.values(".verdict", "textContent") == [verdict]
    for row in card.values(".rationales > li", "textContent"):
        beginning = next(one for one in (MAKING, PRICE, UPKEEP, FINDING) if row.startswith(one))
        said = [mark for mark in ("✓", "✗", "○") if mark in row]
        assert said == [mark[0] for mark in [marks.get(beginning, "")] if mark]
        assert marks.get(beginning, "") in row


def test_a_missed_option_does_not_look_like_a_chosen_one(deal: Deal) -> None:
    card = deal("several")
    card.press(letter_of(card, PRICE))
    card.back()
    looks = card.browser.run(
        """
        const look = ({ outlineStyle, boxShadow }) => [outlineStyle, boxShadow !== "none"];
        return ["chosen", "missed"].map(
          (name) => look(getComputedStyle(document.querySelector(`.rationales > .${name}`)))
        );
        """
    )
    assert looks == [["none", True], ["dashed", False]]


def test_every_option_has_its_rationale_on_the_back_under_the_same_letter(deal: Deal) -> None:
    card = deal("choice")
    options = card.texts(".options > li")
    card.back()
    rationales = card.texts(".rationales > li")
    assert len(options) == len(rationales) == 5
    for option, rationale in zip(options, rationales, strict=True):
        assert rationale.startswith(option)
        assert len(rationale) > len(option)


def test_without_a_choice_the_back_shows_what_is_right_and_judges_nothing(deal: Deal) -> None:
    card = deal("choice")
    card.back()
    assert card.text(".verdict") == ""
    assert signs(card) == ["✓ Right. "]


def signs(card: App) -> list[str]:
    """The words that the stylesheet puts before a right option's rationale."""
    script = """
    const before = (one) => getComputedStyle(one, "::before").content;
    return [...document.querySelectorAll(".rationales > li > .why")].map(before)
    """
    return [text.strip('"') for text in card.browser.run(script) if text != "none"]


def test_each_showing_shuffles_anew_and_leaves_the_last_options_last(deal: Deal) -> None:
    card = deal("choice")
    orders = set()
    for _ in range(12):
        card.front()
        shown = card.texts(".options > li")
        assert shown[3:] == ["Both of the above", "None of the above"]
        orders.add(tuple(shown))
    assert len(orders) > 1


# Steps


def test_steps_are_put_in_order_by_tapping_and_taken_back(deal: Deal, browser: Browser) -> None:
    card = deal("steps")
    browser.click(".steps > li", 2)
    card.press("ae")
    assert steps_places(card) == ["2", "", "1", "", "3"]
    assert card.text("[role=status]") == "3 of 5 placed"
    browser.click(".steps > li", 0)
    assert steps_places(card) == ["", "", "1", "", "3"]
    card.press("bad")
    assert steps_places(card) == ["4", "2", "1", "5", "3"]
    assert card.text("[role=status]") == ""


def steps_places(card: App) -> list[str]:
    """The places that the steps show, in the order in which they stand."""
    return [row["place"] for row in card.values(".steps > li", "dataset")]


def test_steps_can_be_begun_anew(deal: Deal, browser: Browser) -> None:
    card = deal("steps")
    again = ".check .plain"
    assert card.text(again) == ""
    card.press("ab")
    assert card.text(again) == "Start over"
    browser.click(again)
    assert steps_places(card) == [""] * 5
    assert card.text(again) == ""
    card.back()
    assert card.text(".verdict") == ""


def test_a_steps_place_and_its_key_look_different(deal: Deal) -> None:
    assert deal("steps").texts("kbd") == [f"Alt+{digit}" for digit in range(1, 6)]
    assert deal("steps", is_desktop=False).texts("kbd") == list("ABCDE")
    assert deal("steps", is_phone=True).texts("kbd") == []


@pytest.mark.parametrize(
    ("order", "verdict", "remarks"),
    [
        ("12345", "✓ Right.", {}),
        ("13245", "✗ Wrong: places 2 and 3.", {1: "place 3", 2: "place 2"}),
        ("23145", "✗ Wrong: places 1, 2 and 3.", {0: "place 3", 1: "place 1", 2: "place 2"}),
        ("1234", "✗ Wrong: place 5.", {4: "did not place it"}),
    ],
)
def test_the_back_marks_the_wrong_places(
    order: str, verdict: str, remarks: Mapping[int, str], deal: Deal, browser: Browser
) -> None:
    card = deal("steps")
    shown = [row["n"] for row in browser.run(STEPS)]
    card.press("".join("abcde"[shown.index(number)] for number in order))
    card.back()
    assert card.values(".verdict", "textContent") == [verdict]
    rows = card.texts(".ordered > li")
    assert [row.splitlines()[0] for row in rows][::4] == [
        "Log the day of receipt",
        "Deliver the rest",
    ]
    for place, row in enumerate(rows):
        assert ("✗" in row) is (place in remarks)
        assert ("✓" in row) is (place not in remarks)
        assert remarks.get(place, "") in row


STEPS = "return [...document.querySelectorAll('.steps > li')].map((row) => ({ ...row.dataset }))"


def test_the_shuffled_steps_are_never_in_the_right_order(deal: Deal, browser: Browser) -> None:
    card = deal("steps")
    orders = set()
    for _ in range(25):
        card.front()
        orders.add("".join(row["n"] for row in browser.run(STEPS)))
    assert len(orders) > 1
    assert "12345" not in orders


# Calculations


# The exported draw whose question is shown: its answer as shown, and each value's bounds.
DRAWN = """
const shown = (name) => document.querySelector(`.cmom > .${name}`).textContent;
const part = (draw, name) => draw.querySelector(`:scope > .${name}`).innerHTML;
const words = (draw, name) => draw.querySelector(`:scope > .${name}`).textContent;
const drawn = [...document.querySelectorAll(".draws > li")].find(
  (draw) => ["scenario", "question"].every((name) => words(draw, name) === shown(name))
);
const middle = ({ dataset }) => ((Number(dataset.low) + Number(dataset.high)) / 2).toFixed(1);
return {
  answer: part(drawn, "answer"),
  mistakes: [...drawn.querySelectorAll(".mistake")].map((one) => [middle(one), one.innerText]),
  count: drawn.parentElement.children.length,
};
"""


def type_in(browser: Browser, text: str) -> None:
    browser.click(".typed input")
    browser.press(text)


def test_the_right_number_is_right_in_every_way_of_writing_it(deal: Deal, browser: Browser) -> None:
    card = deal("calculation")
    for write in ("{}%", "{} %", "  {}"):
        card.front()
        shown = browser.run(DRAWN)["answer"]
        type_in(browser, write.format(shown.removesuffix("%")))
        card.back()
        assert card.values(".verdict", "textContent") == [f"✓ Right: {shown}."]
    assert card.text(".mistake") == card.text(".figure") == ""


def test_a_fraction_counts_for_a_percentage(deal: Deal, browser: Browser) -> None:
    card = deal("calculation")
    shown = browser.run(DRAWN)["answer"]
    type_in(browser, str(Decimal(shown.removesuffix("%")) / 100))
    card.back()
    assert card.values(".verdict", "textContent") == [f"✓ Right: {shown}."]


@pytest.mark.parametrize("mistake", [0, 1])
def test_a_known_mistake_is_named(mistake: int, deal: Deal, browser: Browser) -> None:
    card = deal("calculation")
    drawn = browser.run(DRAWN)
    typed, why = drawn["mistakes"][mistake]
    type_in(browser, typed)
    card.back()
    assert card.values(".verdict", "textContent") == [
        f"✗ Wrong: you answered {typed}, the answer is {drawn['answer']}."
    ]
    assert card.values(".cmom .mistake", "textContent")[0] == why


def test_a_mistake_without_a_why_is_wrong_and_no_more_is_said(deal: Deal, browser: Browser) -> None:
    card = deal("calculation, no why")
    type_in(browser, browser.run(DRAWN)["mistakes"][0][0])
    card.back()
    assert card.text(".verdict").startswith("✗ Wrong")
    assert card.text("#answer > .mistake") == ""


def test_the_solution_and_the_extra_are_worked_out_for_the_shown_numbers(
    deal: Deal, browser: Browser
) -> None:
    card = deal("calculation")
    drawn = browser.run(DRAWN)
    assert drawn["count"] == 30
    charges = card.text(".scenario").removeprefix("The practice of Dr. Webb charged ").rstrip(".")
    payments = card.text(".question").split()[2].rstrip(".")
    card.back()
    assert card.text(".figure") == drawn["answer"]
    assert card.text(".formula") == "payments / charges × 100"
    assert card.text(".numbers") == f"{payments} / {charges} × 100 = {drawn['answer']}"
    assert card.text(".extra") == f"{payments} of {charges}."
    assert card.text(".verdict") == ""


def test_each_showing_takes_numbers_of_its_own(deal: Deal) -> None:
    card = deal("calculation")
    questions = set()
    for _ in range(12):
        card.front()
        questions.add(card.text(".question") + card.text(".scenario"))
    assert len(questions) > 1


def test_a_unit_stands_beside_the_number_and_may_be_typed(deal: Deal, browser: Browser) -> None:
    card = deal("dollars")
    assert card.text(".typed .line") == "$"
    visits = int(card.text(".question").split()[0])
    type_in(browser, f"$ {visits * 85:,}")
    card.back()
    assert card.values(".verdict", "textContent") == [f"✓ Right: ${visits * 85:,}.00."]


@pytest.mark.parametrize("is_phone", [False, True], ids=["desktop", "phone"])
def test_only_at_a_desk_the_number_can_be_typed_at_once(
    is_phone: bool, deal: Deal, browser: Browser
) -> None:
    card = deal("dollars", is_phone=is_phone)
    browser.press("7")
    assert card.values(".typed input", "value") == ["" if is_phone else "7"]


def test_what_is_no_number_is_not_judged(deal: Deal, browser: Browser) -> None:
    card = deal("dollars")
    type_in(browser, "1,25")
    card.back()
    assert card.text(".verdict") == "“1,25” does not read as a number, so it is not judged."
    assert card.text(".figure").startswith("$")


# Typed numbers, read by the script and by the terminal


TYPED = (
    "1250", "1,250.00", "12,345,678", "$1,250", " $ 1,250 ", "-5", "−5", "- 5", "-$1,250.00",
    "- $ 5", "$-5", "$ -5", "(1,250)", "($1,250.00)", "$(1,250)", "( 5 )", ".596", "5.", "0",
    "007", "\u00a05\t", "59.6%", "59.6 %", "-5%", "(5%)", "(5)%", "$ (5) %", "40 days", "40days",
    "40 DAYS", "40", "", " ", "-", "$", "%", ".", "days", "abc", "1,25", "12,50", "1,2345", ",5",
    "1..5", "1.5.2", "1 250", "5-", "+5", "--5", "-(5)", "(-5)", "((5))", "(5", "5)", "()", "$$5",
    "5$", "5%%", "1e5", "0x10", "1/2", "1_000", "٣", "５", "²", "nan", "inf", "5 visits",
    "5\u2003%", "5\ufeff", "5 \x1f%", "5\x85days", "1,000.", "1,000,00", "$.5", "(.5)", "5 % days",
    "days 5", "$ 5 days", "-.5 %", "0.0", "-0",
)  # fmt: skip
PIECES = (
    "$",
    "-",
    "−",
    "(",
    ")",
    " ",
    "%",
    ".",
    ",",
    "0",
    "5",
    "59",
    "250",
    "days",
    "\u00a0",
    "Days",
)
UNITS = ("", "$", "%", "days", "visits a day")


@pytest.fixture
def numbers(browser: Browser, site: Site) -> Browser:
    """A page with nothing but the script that reads and judges numbers."""
    script = (files("cmom_srs.anki") / "faces" / "number.js").read_text(encoding="utf-8")
    browser.open(
        site.put("number", f"<!doctype html><meta charset=utf-8><script>{script}</script>")
    )
    return browser


def test_the_script_reads_every_typed_text_as_the_terminal_does(numbers: Browser) -> None:
    rng = Random(12)
    mixed = ["".join(rng.choices(PIECES, k=rng.randint(1, 6))) for _ in range(2_000)]
    table = [(text, unit) for text in (*TYPED, *mixed) for unit in UNITS]
    read = numbers.run("return arguments[0].map((one) => readNumber(...one))", table)
    assert [typed and number(typed) for typed in read] == [
        calculation.read_number(text, unit) for text, unit in table
    ]
    assert sum(typed is not None for typed in read) > 1_000


def number(typed: Mapping[str, Any]) -> TypedNumber:
    return TypedNumber(Decimal(typed["value"]), typed["hasPercent"])


JUDGE = """
return arguments[0].map(([typed, bounds, unit]) =>
  bounds.map(([low, high]) => meets(typed, low, high, unit)).indexOf(true)
);
"""
THIRD = Decimal(100) / 3
EXACT = ("59.6", "-5", "0", "1250", str(THIRD), "59.5500000000000000000000000", "0.005", "1E+3")


def test_the_script_judges_every_typed_number_as_the_terminal_does(numbers: Browser) -> None:
    rng = Random(12)
    table = []
    expected = []
    for unit in UNITS:
        for decimals in (0, 1, 2):
            asked = Calculation("?", (), "1", decimals, unit, mistakes=(Mistake("1", "why"),) * 2)
            for _ in range(60):
                values = [Decimal(value) for value in rng.sample(EXACT, 3)]
                drawn = Draw({}, values[0], tuple(values[1:]))
                bounds = [calculation.bounds(asked, value) for value in values]
                edge = rng.choice(rng.choice(bounds))
                hair = rng.choice((Decimal(0), Decimal("1E-26"), Decimal("-1E-26"), Decimal("0.3")))
                value = (edge + hair) / rng.choice((1, 1, 100))
                typed = TypedNumber(value, rng.random() < 0.3)
                written = {"value": f"{value:f}", "hasPercent": typed.has_percent}
                table.append((written, [(f"{low:f}", f"{high:f}") for low, high in bounds], unit))
                expected.append(place_of(calculation.judge(asked, drawn, typed)))
    assert numbers.run(JUDGE, table) == expected
    assert {-1, 0, 1, 2} == set(expected)


def place_of(judgment: Judgment) -> int:
    """The place among answer and mistakes that the number meets; -1 for none."""
    if judgment.is_right:
        return 0
    return -1 if judgment.mistake is None else judgment.mistake + 1


# Both sides agree


@pytest.mark.parametrize("is_phone", [False, True], ids=["one page", "a page a side"])
@pytest.mark.parametrize(
    ("before", "has_storage"),
    [("", True), (anki_pages.DENIED, False), (anki_pages.FULL, False)],
    ids=["storage allowed", "storage denied", "storage full"],
)
class TestBothSides:
    def test_options_and_rationales_stand_in_one_order(
        self, deal: Deal, browser: Browser, is_phone: bool, before: str, has_storage: bool
    ) -> None:
        card = deal("choice", is_phone=is_phone, before=before)
        card.press("b")
        options = card.values(".options > li", "dataset")
        card.back()
        assert card.values(".rationales > li", "dataset") == options
        chosen = card.values(".rationales > li.chosen", "dataset")
        assert chosen == ([options[1]] if has_storage else [])

    def test_a_calculation_has_the_same_numbers(
        self, deal: Deal, browser: Browser, is_phone: bool, before: str, has_storage: bool
    ) -> None:
        card = deal("calculation", is_phone=is_phone, before=before)
        shown = card.text(".scenario"), card.text(".question")
        drawn = browser.run(DRAWN)
        type_in(browser, drawn["answer"])
        card.back()
        assert (card.text(".scenario"), card.text(".question")) == shown
        assert card.text(".numbers").endswith(f"= {drawn['answer']}")
        assert card.text(".verdict").startswith("✓") is has_storage

    def test_steps_carry_the_order_they_were_put_in(
        self, deal: Deal, browser: Browser, is_phone: bool, before: str, has_storage: bool
    ) -> None:
        card = deal("steps", is_phone=is_phone, before=before)
        card.press("abcde")
        order = [row["n"] for row in browser.run(STEPS)]
        card.back()
        wrong = [number for place, number in enumerate(order, 1) if int(number) != place]
        assert len(card.texts(".ordered > .wrong")) == (len(wrong) if has_storage else 0)


@pytest.mark.parametrize("name", SCRIPTED)
def test_the_days_own_order_comes_again_all_day_without_storage(name: str, deal: Deal) -> None:
    card = deal(name, before=anki_pages.DENIED)
    first = card.text(".cmom")
    for _ in range(3):
        card.front()
        assert card.text(".cmom") == first


@pytest.mark.parametrize("name", SCRIPTED)
def test_the_scripts_of_one_page_run_again_and_again(
    name: str, deal: Deal, browser: Browser
) -> None:
    card = deal(name)
    for _ in range(3):
        browser.run("show('front')")
        answer(card)
        card.back()
    assert card.text(".verdict") != ""
    assert browser.run("return errors") == []


@pytest.mark.parametrize("name", ["choice", "several", "steps"])
def test_keys_pressed_on_the_back_change_nothing(name: str, deal: Deal, browser: Browser) -> None:
    card = deal(name)
    answer(card)
    card.back()
    judged = card.text(".cmom")
    card.press("cd")
    browser.press("cd12")
    card.back()
    assert card.text(".cmom") == judged


def test_a_back_shown_without_its_front_judges_nothing(deal: Deal, browser: Browser) -> None:
    card = deal("several")
    card.press("ab")
    other = deal("choice", is_phone=True)
    browser.run("sessionStorage.clear()")
    other.back()
    assert other.text(".verdict") == ""
    card.front()
    card.press("ab")
    browser.open(str(other.back_page))
    assert other.text(".verdict") == ""


# The button


LACKING = {
    "choice": "Choose first.",
    "several": "Choose first.",
    "steps": "Place every step first: 5 to go.",
}


@pytest.mark.parametrize("is_phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", LACKING)
def test_check_shows_the_back_once_nothing_is_missing(
    name: str, is_phone: bool, deal: Deal, browser: Browser
) -> None:
    card = deal(name, is_phone=is_phone)
    browser.click(".check button")
    assert card.text("[role=status]") == LACKING[name]
    answer(card)
    browser.click(".check button")
    assert card.texts(".check") == []
    assert card.text(".verdict") != ""


@pytest.mark.parametrize("is_phone", [False, True], ids=["desktop", "phone"])
def test_enter_shows_the_back_unless_the_number_cannot_be_read(
    is_phone: bool, deal: Deal, browser: Browser
) -> None:
    card = deal("dollars", is_phone=is_phone)
    type_in(browser, "abc" + ENTER)
    assert card.text("[role=status]") == "That does not read as a number."
    browser.press(BACKSPACE * 3 + "7")
    assert card.text("[role=status]") == ""
    browser.press(ENTER)
    assert card.text(".verdict").startswith("✗ Wrong: you answered 7, the answer is $")


def test_who_types_nothing_is_shown_the_answer(deal: Deal, browser: Browser) -> None:
    card = deal("dollars")
    browser.click(".check button")
    assert card.text(".verdict") == ""
    assert card.text(".figure").startswith("$")


def test_where_no_app_can_be_told_check_says_what_to_do(deal: Deal, browser: Browser) -> None:
    card = deal("choice", is_desktop=False)
    browser.press("a")
    browser.click(".check button")
    assert card.text("[role=status]") == "Now show the answer."


# Without JavaScript


@pytest.fixture
def unscripted(browser: Browser) -> Iterator[None]:
    browser.devtools("Emulation.setScriptExecutionDisabled", value=True)
    yield
    browser.devtools("Emulation.setScriptExecutionDisabled", value=False)


@pytest.mark.usefixtures("unscripted")
@pytest.mark.parametrize("name", NAMES)
def test_without_scripts_a_card_is_read_as_exported(
    name: str, deal: Deal, faces: Mapping[str, Sides]
) -> None:
    card = deal(name, is_phone=True)
    assert "".join(card.texts(".check, .typed, .draws")) == ""
    front = card.text(".cmom")
    card.back()
    assert card.text(".cmom").startswith(front.splitlines()[0].partition("[...]")[0])
    if name == "choice":
        assert signs(card) == ["✓ Right. "]
    if name == "calculation":
        assert card.text(".figure") in card.text(".numbers")
        assert card.text(".numbers").split()[0] in card.text(".question")
