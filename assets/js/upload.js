// <div data-parts="address"><input type="file" …><p data-parts-note role="status">: photos are made smaller, files are sent
// in parts as soon as they are chosen, and a broken line goes on where it broke. The form then carries only their ids.
// Without this script, or where the browser can't, the same form sends its files whole.
const LONG_SIDE = 2000;
const ENOUGH = 400 * 1000;
const LONGEST_WAIT = 15000;

export function uploads() {
  if (!globalThis.crypto?.subtle) return;
  for (const box of document.querySelectorAll("[data-parts]")) watch(box, box.querySelector("input[type=file]"), box.querySelector("[data-parts-note]"));
}

function watch(box, input, note) {
  const form = input.form;
  let under = 0;
  let asked = null;
  input.addEventListener("change", async () => {
    const files = [...input.files];
    under += 1;
    try {
      for (const file of files) await one(await smaller(file));
      input.value = "";
    } catch (error) {
      note.textContent = error.message;
      if (error.refused) input.value = "";
    }
    under -= 1;
    if (!under && asked) form.requestSubmit(asked.isConnected ? asked : undefined);
  });
  form.addEventListener("submit", (event) => {
    if (!under) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    asked = event.submitter ?? form;
    note.textContent = box.dataset.first;
  }, true);

  async function one(file) {
    const say = (text, share) => (note.textContent = text.replace("{name}", file.name).replace("{n}", Math.round(share * 100)));
    const bytes = await file.arrayBuffer();
    const sha256 = [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const trouble = () => say(box.dataset.waiting, 0);
    const declared = JSON.stringify({ name: file.name, type: file.type, size: bytes.byteLength, sha256 });
    const upload = await send(form, box.dataset.parts, declared, trouble);
    let at = upload.received;
    while (at < bytes.byteLength) {
      say(box.dataset.sending, at / bytes.byteLength);
      at = (await send(form, `${upload.url}${at}/`, bytes.slice(at, at + upload.part), trouble)).received;
    }
    say(box.dataset.done, 1);
    const hidden = Object.assign(document.createElement("input"), { type: "hidden", name: `${input.name}-sent`, value: upload.id });
    box.append(hidden);
  }
}

// Until it is there: a broken line and a busy server are waited for, a refusal is told.
async function send(form, url, body, trouble) {
  const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, "Content-Type": "application/octet-stream" };
  for (let wait = 1000; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    try {
      const answer = await fetch(url, { method: "POST", body, headers, redirect: "manual" });
      if (answer.ok || answer.status === 409) return await answer.json();
      if (answer.status < 500 && answer.status !== 429) {
        const said = await answer.json().catch(() => ({ text: form.dataset.over || "" }));
        throw Object.assign(new Error(said.text), { refused: true });
      }
    } catch (error) {
      if (error.refused) throw error;
    }
    trouble();
    await new Promise((go) => {
      setTimeout(go, wait);
      addEventListener("online", go, { once: true });
    });
  }
}

// A photo no larger than it must be to read the paper on it. What the browser can't draw stays as it is.
async function smaller(file) {
  if (!file.type.startsWith("image/") || file.size <= ENOUGH) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    for (const [side, quality] of [[LONG_SIDE, 0.8], [LONG_SIDE, 0.6], [LONG_SIDE, 0.4], [1600, 0.4], [1200, 0.4], [900, 0.3]]) {
      const scale = Math.min(1, side / Math.max(picture.width, picture.height));
      const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
      if (made && made.size <= ENOUGH) return new File([made], file.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" });
    }
  } catch {
    // drawn or not: the server says what it takes
  }
  return file;
}
