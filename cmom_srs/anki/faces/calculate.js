// A calculation: one of the exported draws at each showing, the typed number judged on the back.

const draws = [...card.querySelector(".draws").children];
const drawn = draws[Math.floor(randomFrom(showing.seed)() * draws.length)];
const unit = drawn.dataset.unit;
for (const slot of card.querySelectorAll("[data-slot]")) {
  const text = drawn.querySelector(`:scope > .${slot.dataset.slot}`);
  if (text) slot.innerHTML = text.innerHTML;
}
for (const line of card.querySelectorAll("#answer .solution > div")) {
  line.textContent = line.textContent.replace(/\*+/g, (stars) => (stars === "*" ? "×" : stars));
}
if (isBack) assess((showing.given || "").trim());
else ask(card.querySelector(".typed"));

function ask(label) {
  const input = label.querySelector("input");
  label.querySelector(unit === "$" ? ".before" : ".after").textContent = unit;
  if (!draws.some(hasNegative)) input.inputMode = "decimal";
  const attempt = check(() => {
    const isRead = !input.value.trim() || readNumber(input.value, unit);
    return isRead ? "" : "That does not read as a number.";
  });
  input.oninput = () => {
    say("");
    give(input.value);
  };
  input.onkeydown = (event) => {
    if (event.key === "Enter") attempt();
  };
  if (!isPhone) input.focus({ preventScroll: true });
}

// Some phones' keys for decimals have no minus.
function hasNegative(draw) {
  return [draw, ...draw.querySelectorAll(".mistake")].some((value) => value.dataset.low.startsWith("-"));
}

function assess(text) {
  if (!text) return;
  const typed = readNumber(text, unit);
  const figure = card.querySelector(".figure");
  const answer = figure.textContent;
  figure.hidden = Boolean(typed);
  if (!typed) tell(`“${text}” does not read as a number, so it is not judged.`);
  else if (fits(typed, drawn)) judge(true, `Right: ${answer}.`);
  else {
    judge(false, `Wrong: you answered ${text}, the answer is ${answer}.`);
    name([...drawn.querySelectorAll(":scope > .mistake")].find((mistake) => fits(typed, mistake)));
  }
}

function fits(typed, { dataset }) {
  return meets(typed, dataset.low, dataset.high, unit);
}

function name(mistake) {
  if (!mistake || !mistake.textContent) return;
  const named = card.querySelector(".mistake");
  named.innerHTML = mistake.innerHTML;
  named.hidden = false;
}
