// <form data-save="address" data-mark="name" data-failed="…" data-over="…"> with [data-save-note role=status] inside.
// Sends what is typed after a pause, when a box is left and when the page is hidden. What could not be saved is tried
// again, later and later; nothing that was typed is ever touched.
const PAUSE = 2000;
const LONGEST_WAIT = 60000;

export function autosave() {
  for (const form of document.querySelectorAll("form[data-save]")) watch(form);
}

function watch(form) {
  const note = form.querySelector("[data-save-note]");
  const mark = form.elements[form.dataset.mark];
  const typed = () => new URLSearchParams([...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== mark.name));
  let before = typed().toString();
  let timer;
  let busy = false;
  let wait = PAUSE;
  let ended = false;
  let held = null; // sent while a saving was under way: it goes out behind it, with the mark of that saving

  const later = (pause) => {
    clearTimeout(timer);
    if (!ended) timer = setTimeout(save, pause);
  };
  const failed = (text) => {
    note.textContent = text;
    wait = Math.min(wait * 2, LONGEST_WAIT);
    later(wait);
  };
  async function save() {
    const body = typed();
    if (busy || ended || body.toString() === before) return;
    const sent = body.toString();
    busy = true;
    body.set(mark.name, mark.value);
    try {
      const answer = await fetch(form.dataset.save, { method: "POST", body, redirect: "manual", keepalive: true });
      const said = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : null;
      if (answer.ok && said) {
        before = sent;
        mark.value = said.mark;
        wait = PAUSE;
        note.textContent = said.text;
      } else if (said) {
        ended = answer.status === 409 || answer.status === 410;
        note.textContent = said.text;
      } else failed(answer.status < 500 ? form.dataset.over : form.dataset.failed);
    } catch {
      failed(form.dataset.failed);
    }
    busy = false;
    if (held) form.requestSubmit(held.submitter);
    else if (typed().toString() !== before && wait === PAUSE) later(PAUSE);
  }
  form.addEventListener("input", () => later(PAUSE));
  form.addEventListener("change", () => later(200));
  form.addEventListener("submit", (event) => {
    ended = true;
    clearTimeout(timer);
    if (!busy) return;
    event.preventDefault();
    held = event;
  });
  document.addEventListener("visibilitychange", () => document.hidden && save());
}
