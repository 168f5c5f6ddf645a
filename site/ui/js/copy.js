/**
 * Buttons that copy the text of an element: <button data-copy="id" data-copied="Copied" hidden>.
 * Without a clipboard they stay hidden, and the text can be selected.
 */
const SHOWN_MS = 2500;

export function bindCopying() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const label = button.querySelector("span");
    const text = document.getElementById(button.dataset.copy);
    if (!label || !text) continue;
    const before = label.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text.textContent.trim());
      label.textContent = button.dataset.copied;
      const announcer = document.querySelector("[data-announcer]");
      if (announcer) announcer.textContent = button.dataset.copied;
      setTimeout(() => {
        label.textContent = before;
      }, SHOWN_MS);
    });
  }
}
