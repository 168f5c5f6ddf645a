import { csrfToken } from "./writing-drafts.js";

/** What must stand before something that is to be a paragraph of its own. */
export function apart(text) {
  const before = text.value.slice(0, text.selectionStart);
  if (!before || before.endsWith("\n\n")) return "";
  return before.endsWith("\n") ? "\n" : "\n\n";
}

/** Files go up as soon as they are chosen, dropped or pasted, and their names into the text. */
export function takeFiles(composer, form, text, drafts) {
  const input = composer.querySelector('input[type="file"]');
  const list = composer.querySelector("[data-files]");

  async function upload(files) {
    if (!files.length) return;
    const data = drafts.typed();
    for (const file of files) data.append("uploads", file);
    composer.setAttribute("aria-busy", "true");
    try {
      const answer = await drafts.send(composer.dataset.upload, data);
      if (answer.files !== undefined) list.innerHTML = answer.files;
      if (answer.insert?.length) place(answer.insert.join("\n"));
    } catch {
      drafts.status.textContent = composer.dataset.failed;
    } finally {
      composer.removeAttribute("aria-busy");
      input.value = "";
    }
  }

  function place(words) {
    text.setRangeText(`${apart(text)}${words}\n`, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.focus();
  }

  input.addEventListener("change", () => upload([...input.files]));
  composer.querySelector("[data-choose-files]")?.addEventListener("click", () => input.click());
  text.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length && !event.clipboardData.getData("text/plain")) {
      event.preventDefault();
      upload(files);
    }
  });
  text.addEventListener("drop", (event) => {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length) {
      event.preventDefault();
      upload(files);
    }
  });
  list.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-remove-file]");
    if (!button) return;
    event.preventDefault();
    const answer = await fetch(button.dataset.removeFile, {
      method: "POST",
      headers: { "X-CSRFToken": csrfToken(form) },
    });
    if (answer.ok) list.innerHTML = await answer.text();
    text.focus();
  });
}
