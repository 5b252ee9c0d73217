// The calling board with sound: asks for itself every few seconds, shows what is new, and announces it by two tones and,
// where the device has a voice of the page's language, in words. Without this script the page shows itself anew.
const EVERY = 5000;
const QUIET = "board-quiet";
const shown = document.querySelector("[data-board]");
const said = document.querySelector("[data-board-said]");
const button = document.querySelector("[data-board-sound]");
const known = new Set();
let tones;
let quiet = localStorage.getItem(QUIET) === "yes";

function calls(from) {
  return [...from.querySelectorAll("[data-call]")];
}

function tone(at, hertz) {
  const source = tones.createOscillator();
  const loudness = tones.createGain();
  source.frequency.value = hertz;
  loudness.gain.setValueAtTime(0.0001, at);
  loudness.gain.exponentialRampToValueAtTime(0.4, at + 0.03);
  loudness.gain.exponentialRampToValueAtTime(0.0001, at + 0.5);
  source.connect(loudness).connect(tones.destination);
  source.start(at);
  source.stop(at + 0.55);
}

function speak(text) {
  const language = document.documentElement.lang;
  const voice = window.speechSynthesis?.getVoices().find((one) => one.lang.toLowerCase().startsWith(language));
  if (!voice) return;
  const words = new SpeechSynthesisUtterance(text);
  words.voice = voice;
  words.lang = voice.lang;
  window.speechSynthesis.speak(words);
}

function announce(texts) {
  said.textContent = texts.join(" ");
  if (quiet || tones?.state !== "running") return;
  tone(tones.currentTime, 880);
  tone(tones.currentTime + 0.35, 660);
  for (const text of texts) speak(text);
}

function look() {
  const texts = [];
  for (const call of calls(shown)) {
    if (known.has(call.dataset.call)) continue;
    known.add(call.dataset.call);
    texts.push(call.dataset.say);
  }
  return texts;
}

async function again() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.querySelector("[data-board]");
      if (next && next.innerHTML !== shown.innerHTML) {
        shown.replaceChildren(...document.importNode(next, true).childNodes);
        const texts = look();
        if (texts.length) announce(texts);
      }
    }
  } catch {
    // the network is away: what was called stays on the board until it is back
  }
  setTimeout(again, EVERY);
}

function label() {
  const on = !quiet && tones?.state === "running";
  button.textContent = on ? button.dataset.off : button.dataset.on;
  button.setAttribute("aria-pressed", String(on));
}

// A browser lets a page sound only after somebody touched it, unless the device of the hall was set up otherwise.
async function turn() {
  const on = !quiet && tones.state === "running";
  quiet = on;
  localStorage.setItem(QUIET, on ? "yes" : "no");
  if (!on) {
    await tones.resume();
    tone(tones.currentTime, 660);
  } else {
    window.speechSynthesis?.cancel();
  }
  label();
}

if (shown && said && button && window.AudioContext) {
  tones = new AudioContext();
  tones.addEventListener("statechange", label);
  button.hidden = false;
  button.addEventListener("click", turn);
  label();
}
if (shown && said) {
  look();
  setTimeout(again, EVERY);
}
