// A figure stays on one line with its signs, and with the one that works on it: -$5, 5 %, × 100.

function holdFigures(root) {
  const blank = "[ \\u00a0]?";
  const digits = "[0-9]{1,9}(?:[,.][0-9]{1,9}){0,3}";
  const before = "[=+×/−-] ";
  const withSign = `(?:${before})?(?:[-−]?\\$|[-−])${blank}[-−]?${digits}(?:${blank}%)?`;
  const figure = new RegExp(`(${withSign}|${before}${digits}%?|${digits}${blank}%)`);
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (figure.test(text.data) && !text.parentElement.closest("script, .draws, .held")) found.push(text);
  }
  // Splitting at what is in parentheses puts the figures at the odd places.
  const held = (piece, place) => (place % 2 ? heldFigure(piece) : piece);
  for (const text of found) text.replaceWith(...text.data.split(figure).map(held));
}

function heldFigure(figure) {
  const held = document.createElement("span");
  held.className = "held";
  held.textContent = figure;
  return held;
}

holdFigures(document.querySelector(".cmom"));
