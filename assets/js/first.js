// Pages on which an officer types one thing after the other begin where the next thing is typed or opened: data-first
// marks the form, link or button. After a refused form its error summary keeps the focus.
const FIELDS = "input:not([type=hidden]), select, textarea";

export function first() {
  const place = document.querySelector("[data-first]");
  if (!place || document.querySelector(".govuk-error-summary")) return;
  (place.matches("form") ? place.querySelector(FIELDS) : place)?.focus();
}
