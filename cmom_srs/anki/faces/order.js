// Steps: shuffled at each showing, put in order by tapping, compared with the right order.

const list = card.querySelector(isBack ? ".ordered" : ".steps");
if (isBack) compare([...list.children], showing.given || []);
else ask(arrange([...list.children], randomFrom(showing.seed)));

// The steps in another order than the right one.
function arrange(rows, random) {
  let shuffled;
  do {
    shuffled = shuffle(rows, random);
  } while (shuffled.every((row, place) => Number(row.dataset.n) === place + 1));
  list.append(...shuffled);
  return shuffled;
}

function ask(rows) {
  const order = rows.map(() => null);
  const left = () => order.filter((number) => number === null).length;
  for (const row of rows) row.append(chip());
  function press(row) {
    const place = order.indexOf(row.dataset.n);
    if (place >= 0) order[place] = null;
    else order[order.indexOf(null)] = row.dataset.n;
    show();
    give(order);
  }
  function show() {
    for (const row of rows) {
      const place = order.indexOf(row.dataset.n) + 1;
      row.setAttribute("aria-pressed", place > 0);
      row.lastChild.textContent = place || "";
    }
    say(left() ? `${rows.length - left()} of ${rows.length} placed` : "");
  }
  offer(rows, "button", press);
  check(() => (left() ? `Place every step first: ${left()} to go.` : ""));
  show();
}

function chip() {
  const made = document.createElement("span");
  made.className = "place";
  return made;
}

function compare(rows, order) {
  if (!order.some(Boolean)) return;
  const wrong = rows.filter((row, place) => order[place] !== row.dataset.n);
  list.classList.add("judged");
  for (const row of rows) {
    const isRight = !wrong.includes(row);
    row.classList.add(isRight ? "right" : "wrong");
    row.append(sign(isRight));
    if (!isRight) row.append(remark(order.indexOf(row.dataset.n) + 1));
  }
  judge(!wrong.length, wrong.length ? `Wrong: ${places(wrong.map((row) => row.dataset.n))}.` : "Right.");
}

function remark(place) {
  const words = document.createElement("p");
  words.className = "mark";
  words.append(place ? `You put it in place ${place}.` : "You did not place it.");
  return words;
}

function places(numbers) {
  const last = numbers.pop();
  return numbers.length ? `places ${numbers.join(", ")} and ${last}` : `place ${last}`;
}
