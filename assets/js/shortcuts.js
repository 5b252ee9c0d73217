// j and k move over the rows of <table data-rows>, Enter opens (the row's link has the focus, so the browser does it),
// "/" goes to the search box marked data-search. Off when the person says so (WCAG 2.1.4): no data-shortcuts on <body>.
const TYPING = "input, select, textarea, [contenteditable]";

function move(step) {
  const links = [...document.querySelectorAll("[data-rows] tbody tr")]
    .map((row) => row.querySelector("a[href]"))
    .filter((link) => link && link.offsetParent);
  if (links.length === 0) return false;
  const here = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
  const next = links[here < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(here + step, 0), links.length - 1)];
  document.querySelector(".app-row--here")?.classList.remove("app-row--here");
  next.closest("tr").classList.add("app-row--here");
  next.focus();
  return true;
}

function search() {
  const box = document.querySelector("[data-search]");
  box?.focus();
  box?.select();
  return Boolean(box);
}

const DEEDS = { j: () => move(1), k: () => move(-1), "/": search };

export function shortcuts() {
  if (!("shortcuts" in document.body.dataset)) return;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.target.closest(TYPING)) return;
    if (DEEDS[event.key]?.()) event.preventDefault();
  });
}
