/** Where the keyboard is, in words that still hold after that part has been replaced. */
function placeOf(element) {
  if (!element || element === document.body) return null;
  if (element.id) return () => document.getElementById(element.id);
  const { name, value, type } = element;
  if (!name) return null;
  const isSame = (other) => type === "search" || other.value === value;
  return () => [...document.getElementsByName(name)].find(isSame);
}

function foldedParts() {
  return new Map([...document.querySelectorAll("details[id]")].map(({ id, open }) => [id, open]));
}

function openPopovers() {
  return [...document.querySelectorAll("[id]:popover-open")].map(({ id }) => id);
}

function restore({ place, folded, popovers }) {
  for (const [id, open] of folded) {
    const part = document.getElementById(id);
    if (part) part.open = open;
  }
  for (const id of popovers) {
    const part = document.getElementById(id);
    if (part?.popover && !part.matches(":popover-open")) part.showPopover();
  }
  if (document.activeElement === document.body) place?.()?.focus({ preventScroll: true });
}

/**
 * Over a swap by htmx, the focus and what is folded or popped up stay as they were; the part that
 * waits is marked as busy; and what [data-status] says afterwards is read aloud.
 */
export function bindPartialUpdates() {
  let before = null;
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    detail.target?.setAttribute("aria-busy", "true");
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    detail.target?.removeAttribute("aria-busy");
  });
  document.addEventListener("htmx:beforeSwap", () => {
    before = { place: placeOf(document.activeElement), folded: foldedParts(), popovers: openPopovers() };
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (before) restore(before);
    before = null;
    const status = document.querySelector("[data-status]");
    const announcer = document.querySelector("[data-announcer]");
    if (status && announcer) announcer.textContent = status.textContent;
  });
  document.addEventListener("submit", ({ target }) => {
    target.querySelector(":popover-open")?.hidePopover();
  });
}
