// <button type="button" hidden data-print>: a page without scripts is printed from the browser's own menu.
export function printButtons() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
