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
  const texts = rows.map((row) => row.textContent.trim());
  const again = make("button", "plain", "Start over");
  function press(row) {
    const place = order.indexOf(row.dataset.n);
    if (place >= 0) order[place] = null;
    else order[order.indexOf(null)] = row.dataset.n;
    show();
    give(order);
  }
  function show() {
    rows.forEach((row, number) => {
      const place = order.indexOf(row.dataset.n) + 1;
      row.setAttribute("aria-pressed", place > 0);
      row.setAttribute("aria-label", `${texts[number]}: ${place ? `place ${place}` : "not placed"}`);
      row.dataset.place = place || "";
    });
    again.hidden = left() === rows.length;
    say(left() ? `${rows.length - left()} of ${rows.length} placed` : "");
  }
  again.type = "button";
  again.onclick = () => {
    order.fill(null);
    show();
    give(order);
  };
  card.querySelector(".check button").after(again);
  list.classList.toggle("with-keys", !isPhone);
  if (!isPhone) rows.forEach((row, place) => row.append(make("kbd", "", keyOf(place))));
  offer(rows, "button", press);
  check(() => (left() ? `Place every step first: ${left()} to go.` : ""));
  show();
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
  return make("p", "mark", place ? `You put it in place ${place}.` : "You did not place it.");
}

function places(numbers) {
  const last = numbers.pop();
  return numbers.length ? `places ${numbers.join(", ")} and ${last}` : `place ${last}`;
}
