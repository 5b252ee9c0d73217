// The design system's parts, select-all on lists, and shortcuts that a person can switch off; every page is complete without them.
import { Button, Checkboxes, ErrorSummary, Radios, SkipLink, createAll } from "govuk-frontend";
import { autosave } from "./autosave.js";
import { countCharacters } from "./count.js";
import { first } from "./first.js";
import { printButtons } from "./print.js";
import { selectAll } from "./select-all.js";
import { shortcuts } from "./shortcuts.js";
import { uploads } from "./upload.js";

for (const component of [Button, ErrorSummary, Radios, Checkboxes, SkipLink]) createAll(component);
autosave();
countCharacters();
printButtons();
uploads();
selectAll();
shortcuts();
first();
