// Security keys: hands the marked form to allauth's script. Without it the code form beside does the same work.
(() => {
  "use strict";
  const form = document.querySelector("form[data-webauthn]");
  if (!form || !window.PublicKeyCredential || !window.allauth) return;
  const { webauthn, button, credential } = form.dataset;
  const ids = { data: "js_data", credential };
  ids[webauthn === "add" ? "add" : "authenticate"] = button;
  form.hidden = false;
  const failed = form.querySelector("[data-webauthn-failed]");
  document.getElementById(button).addEventListener("click", () => { failed.hidden = true; });
  document.addEventListener("allauth.error", (event) => { event.preventDefault(); failed.hidden = false; });
  if (webauthn === "add") window.allauth.webauthn.forms.addForm({ ids });
  else window.allauth.webauthn.forms.authenticateForm({ ids });
})();
