// Everything here improves pages that work without it.
import { bindColourScheme } from "./colour-scheme.js";
import { bindComparison } from "./compare.js";
import { bindCopying } from "./copy.js";
import { bindDismissals } from "./messages.js";
import { bindPartialUpdates } from "./partial-updates.js";
import { bindSuggestions } from "./suggestions.js";

document.documentElement.classList.add("pn-scripted");
bindColourScheme();
bindDismissals();
bindComparison();
bindCopying();
bindSuggestions();
bindPartialUpdates();
