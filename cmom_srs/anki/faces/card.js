// One showing of a card: what its front settles (a seed, what the learner answers), its back repeats.
// A page may be swapped between the sides or loaded anew; only the session's storage outlives both.

const card = document.querySelector(".cmom");
const isBack = card.dataset.side === "back";
const isPhone = document.documentElement.matches(".mobile");
// Desktop Anki takes letters and digits for itself; Alt with a digit it leaves to the page.
const isDesktop = Boolean(window.pycmd) && !isPhone;
const LABELS = isDesktop ? "12345678" : "ABCDEFGH";
const showing = isBack ? recall() : begin();

function begin() {
  keep({ id: card.dataset.id, seed: Math.floor(Math.random() * 2 ** 32), given: null });
  for (const hidden of card.querySelectorAll("[data-live]")) hidden.hidden = false;
  return recall();
}

function keep(state) {
  try {
    sessionStorage.removeItem("cmom");
    sessionStorage.setItem("cmom", JSON.stringify(state));
  } catch (denied) {
    // Without storage, nothing is carried to the back.
  }
}

// Both sides read what was kept. Where nothing can be, the day's own seed is the same on both.
function recall() {
  try {
    const kept = JSON.parse(sessionStorage.getItem("cmom"));
    if (kept.id === card.dataset.id) return kept;
  } catch (denied) {
    // As above.
  }
  return { id: card.dataset.id, seed: hash(card.dataset.id + new Date().toDateString()), given: null };
}

function give(answer) {
  showing.given = answer;
  keep(showing);
}

function hash(text) {
  let mixed = 0x811c9dc5;
  for (const character of text) mixed = Math.imul(mixed ^ character.codePointAt(0), 0x01000193);
  return mixed >>> 0;
}

// Numbers from 0 up to 1, the same for the same seed everywhere (mulberry32).
function randomFrom(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffle(items, random) {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [shuffled[last], shuffled[other]] = [shuffled[other], shuffled[last]];
  }
  return shuffled;
}

// Rows that can be tapped, pressed by the key that `keyOf` names, or, with the focus, by Enter.
// The class "tappable" and the onclick keep the phone apps from taking the tap for their own.
function offer(rows, role, press) {
  const list = rows[0].parentNode;
  list.classList.add("live");
  list.setAttribute("role", role === "radio" ? "radiogroup" : "group");
  list.setAttribute("aria-labelledby", "cmom-question");
  for (const row of rows) {
    row.setAttribute("role", role);
    row.tabIndex = 0;
    row.classList.add("tappable");
    row.onclick = () => press(row);
    // A tap leaves the focus where it is: the blank that shows the answer would press the row again.
    row.onmousedown = (event) => event.preventDefault();
    row.onkeydown = (event) => pressByFocus(event, () => press(row));
  }
  document.addEventListener("keydown", function hear(event) {
    if (!card.isConnected) return document.removeEventListener("keydown", hear);
    const row = rowFor(event, rows);
    if (row) {
      event.preventDefault();
      press(row);
    }
  });
}

// The apps, too, listen to Enter and the blank, and would show the answer at once.
function pressByFocus(event, press) {
  if (event.target !== event.currentTarget || !["Enter", " "].includes(event.key)) return;
  event.preventDefault();
  event.stopPropagation();
  if (!event.repeat) press();
}

function rowFor(event, rows) {
  if (event.ctrlKey || event.metaKey || event.repeat) return null;
  const digit = /^(?:Digit|Numpad)([1-8])$/.exec(event.code);
  if (event.altKey) return digit && rows[digit[1] - 1];
  const isLetter = !isDesktop && event.key.length === 1;
  return isLetter ? rows["abcdefgh".indexOf(event.key.toLowerCase())] : null;
}

function keyOf(place) {
  return isDesktop ? `Alt+${LABELS[place]}` : LABELS[place];
}

function make(name, className, ...content) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...content);
  return made;
}

// The button that shows the back, once nothing is missing; `missing` says what is, or nothing.
function check(missing) {
  const bar = card.querySelector(".check");
  function attempt() {
    const lacking = missing();
    if (lacking) say(lacking);
    else if (window.pycmd) pycmd("ans");
    else if (window.showAnswer) showAnswer();
    else if (window.sendMessage2) sendMessage2("ankitap", "midCenter");
    else say("Now show the answer.");
  }
  bar.querySelector("button").onclick = attempt;
  return attempt;
}

function say(words) {
  card.querySelector(".check [role=status]").textContent = words;
}

function judge(isRight, words) {
  tell(words, sign(isRight), " ").classList.add(isRight ? "right" : "wrong");
}

function tell(words, ...before) {
  const verdict = card.querySelector(".verdict");
  verdict.hidden = false;
  verdict.append(...before, words);
  return verdict;
}

function sign(isRight) {
  return make("b", "sign", isRight ? "✓" : "✗");
}
