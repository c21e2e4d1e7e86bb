// A choice: options in an order of their own at each showing, and what the chosen ones were worth.

const list = card.querySelector(isBack ? ".rationales" : ".options");
const written = [...list.children];
const isLast = (row) => row.dataset.last !== undefined;
const rows = [
  ...shuffle(written.filter((row) => !isLast(row)), randomFrom(showing.seed)),
  ...written.filter(isLast),
];
list.append(...rows);
list.classList.toggle("by-digit", isDesktop);
if (isBack) explain(new Set(showing.given));
else ask(Boolean(card.dataset.several), new Set());

function ask(isSeveral, chosen) {
  function press(pressed) {
    const number = pressed.dataset.n;
    const wasChosen = chosen.has(number);
    if (!isSeveral) chosen.clear();
    if (isSeveral && wasChosen) chosen.delete(number);
    else chosen.add(number);
    for (const row of rows) row.setAttribute("aria-checked", chosen.has(row.dataset.n));
    say("");
    give([...chosen]);
  }
  offer(rows, isSeveral ? "checkbox" : "radio", press);
  if (isDesktop) {
    const keys = make("span", "keys", `${keyOf(0)} to ${keyOf(rows.length - 1)}`);
    card.querySelector(".task").append(" ", keys);
  }
  for (const row of rows) row.setAttribute("aria-checked", false);
  check(() => (chosen.size ? "" : "Choose first."));
}

function explain(chosen) {
  if (!chosen.size) return;
  const isRight = (row) => row.classList.contains("right");
  const right = rows.filter(isRight);
  const hit = right.filter((row) => chosen.has(row.dataset.n)).length;
  list.classList.add("judged");
  for (const row of rows) mark(row, isRight(row), chosen.has(row.dataset.n), right.length > 1);
  if (hit === right.length && hit === chosen.size) judge(true, "Right.");
  else if (right.length === 1) judge(false, `Wrong: the answer is ${LABELS[rows.indexOf(right[0])]}.`);
  else {
    const more = chosen.size > hit ? `, and ${chosen.size - hit} wrong` : "";
    judge(false, `Wrong: ${hit} of the ${right.length} right options chosen${more}.`);
  }
}

function mark(row, isRight, isChosen, isSeveral) {
  if (isChosen) row.classList.add("chosen");
  if (isRight && !isChosen) row.classList.add("missed");
  if (isRight || isChosen) row.querySelector(".why").prepend(remark(isRight, isChosen, isSeveral));
}

function remark(isRight, isChosen, isSeveral) {
  if (!isChosen && isSeveral) return make("b", "mark", make("b", "sign", "○"), " Missed. ");
  const yours = isChosen ? ", your choice" : "";
  return make("b", "mark", sign(isRight), ` ${isRight ? "Right" : "Wrong"}${yours}. `);
}
