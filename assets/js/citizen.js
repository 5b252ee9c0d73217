// Five parts of the design system and nothing else; every page is complete without them.
import { Button, Checkboxes, ErrorSummary, Radios, SkipLink, createAll } from "govuk-frontend";
import { autosave } from "./autosave.js";
import { countCharacters } from "./count.js";
import { printButtons } from "./print.js";
import { uploads } from "./upload.js";

for (const component of [Button, ErrorSummary, Radios, Checkboxes, SkipLink]) createAll(component);
autosave();
countCharacters();
printButtons();
uploads();
