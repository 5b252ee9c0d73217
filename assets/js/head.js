// First child of <body> and external, because the policy allows no inline code: marks that scripts run, before anything is
// painted. Set later, conditional fields would jump.
document.body.classList.add("js-enabled", ..."noModule" in HTMLScriptElement.prototype ? ["govuk-frontend-supported"] : []);
