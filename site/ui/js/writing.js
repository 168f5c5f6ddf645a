// Writing in the forum. The forms work without any of this.
import "@github/markdown-toolbar-element";
import "@github/text-expander-element";
import { csrfToken, keepDrafts } from "./writing-drafts.js";
import { apart, takeFiles } from "./writing-files.js";
import { offerNames } from "./writing-names.js";

for (const composer of document.querySelectorAll("[data-composer]")) {
  const form = composer.closest("form");
  const text = composer.querySelector("textarea");
  const drafts = keepDrafts(composer, form);
  takeFiles(composer, form, text, drafts);
  offerNames(composer, form);
  composer.querySelector("[data-insert-table]")?.addEventListener("click", ({ currentTarget }) => {
    const head = currentTarget.dataset.insertTable;
    insert(text, `${apart(text)}| ${head} 1 | ${head} 2 |\n| --- | --- |\n|  |  |\n`);
  });
  form.addEventListener("submit", () => {
    // The page may be older than the log-in; the cookie holds what the site expects now.
    form.elements.csrfmiddlewaretoken.value = csrfToken(form);
  });
}

/** Puts words where the cursor is; undoing takes them out again. */
function insert(text, words) {
  text.focus();
  if (!document.execCommand?.("insertText", false, words)) {
    text.setRangeText(words, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
