// <input type="checkbox" data-select-all="table-id"> inside a hidden wrapper, with its label in the page's language.
export function selectAll() {
  for (const all of document.querySelectorAll("[data-select-all]")) {
    const boxes = [...document.querySelectorAll(`#${CSS.escape(all.dataset.selectAll)} tbody input[type=checkbox]`)];
    if (boxes.length === 0) continue;
    const refresh = () => {
      const chosen = boxes.filter((box) => box.checked).length;
      all.checked = chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    };
    all.closest("[hidden]")?.removeAttribute("hidden");
    all.addEventListener("change", () => boxes.forEach((box) => (box.checked = all.checked)));
    boxes.forEach((box) => box.addEventListener("change", refresh));
    refresh();
  }
}
