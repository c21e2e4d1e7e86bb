// Typed numbers, read and judged as in the terminal (study/questions/calculation.py, rule 12 of deck files).
// Numbers stay decimal text and are compared exactly.

const BLANKS = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
const NUMBER = /^(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)$/;

// The number typed, its decimal text and whether it had a percent sign; null when it reads as none.
function readNumber(text, unit) {
  let rest = text.replace(/−/g, "-").toLowerCase().replace(BLANKS, " ").replace(/^ | $/g, "");
  const word = unit.toLowerCase();
  if (!"$%".includes(word) && rest.endsWith(word)) rest = cut(rest, word);
  const inside = /^(\$? ?)\((.*)\)( ?%?)$/.exec(rest);
  if (inside) rest = (inside[1] + inside[2] + inside[3]).replace(/^ | $/g, "");
  const hasPercent = rest.endsWith("%");
  if (hasPercent) rest = cut(rest, "%");
  const hasMinus = rest.includes("-");
  const number = rest.replace(/^(?:- ?\$?|\$ ?-?|) ?/, "");
  if (!NUMBER.test(number) || (inside && hasMinus)) return null;
  return { value: (inside || hasMinus ? "-" : "") + number.replace(/,/g, ""), hasPercent };
}

function cut(text, ending) {
  return text.slice(0, -ending.length).replace(/ $/, "");
}

// Whether a typed number lies between two decimal texts, both ends included; where the unit is %
// and no percent sign was typed, also whether its hundredfold does.
function meets(typed, low, high, unit) {
  const places = Math.max(...[typed.value, low, high].map((text) => text.length));
  const [value, least, most] = [typed.value, low, high].map((text) => scaled(text, places));
  const liesBetween = (number) => least <= number && number <= most;
  return liesBetween(value) || (unit === "%" && !typed.hasPercent && liesBetween(value * BigInt(100)));
}

// The decimal text times ten to the power of `places`, as a whole number.
function scaled(text, places) {
  const [whole, fraction = ""] = text.split(".");
  return BigInt(whole + fraction.padEnd(places, "0"));
}
