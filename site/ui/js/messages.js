/** Lets the reader close messages. */
export function bindDismissals() {
  for (const button of document.querySelectorAll("[data-dismiss]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      button.parentElement.remove();
      document.getElementById("innhold")?.focus({ preventScroll: true });
    });
  }
}
