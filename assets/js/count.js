// Characters left under a text box, in the page's language: the sentences come from the server with {n} for the number.
// <textarea data-count="200" aria-describedby="…_count">, <div id="…_count" data-left="…{n}…" data-over="…{n}…">
export function countCharacters() {
  for (const box of document.querySelectorAll("textarea[data-count]")) {
    const note = document.getElementById(`${box.id}_count`);
    if (!note) continue;
    let timer;
    const write = () => {
      // One line break counts as one character here and as two on the wire; the server counts one.
      const left = Number(box.dataset.count) - [...box.value].length;
      note.textContent = (left < 0 ? note.dataset.over : note.dataset.left).replace("{n}", Math.abs(left));
      note.classList.toggle("govuk-error-message", left < 0);
      note.classList.toggle("govuk-hint", left >= 0);
    };
    note.setAttribute("aria-live", "polite");
    // Wait for a pause, so that a screen reader is not interrupted at every letter.
    box.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(write, 700);
    });
    write();
  }
}
