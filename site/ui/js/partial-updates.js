const ACTIVE = "[hx-get],[hx-post],[data-hx-get],[data-hx-post]";

/** Where the keyboard was, in words that still hold after the part has been replaced. */
function placeOf(element) {
  if (!element || element === document.body) return null;
  if (element.id) return () => document.getElementById(element.id);
  const { name, value } = element;
  if (!name) return null;
  const same = (other) => other.name === name && (element.type === "search" || other.value === value);
  return () => [...document.getElementsByName(name)].find(same);
}

/**
 * Loads htmx on pages that use it, keeps the focus over a swap, says what has changed to those who
 * listen (the text of [data-status] in the new part), and marks the part that is waiting.
 */
export function bindPartialUpdates(address) {
  if (!address || !document.querySelector(ACTIVE)) return;
  let place = null;
  document.addEventListener("htmx:beforeRequest", (event) => {
    event.detail.target?.setAttribute("aria-busy", "true");
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    event.detail.target?.removeAttribute("aria-busy");
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const active = document.activeElement;
    place = event.detail.target?.contains(active) ? placeOf(active) : null;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    place?.()?.focus({ preventScroll: true });
    place = null;
    const status = event.detail.target?.querySelector("[data-status]");
    const announcer = document.querySelector("[data-announcer]");
    if (status && announcer) announcer.textContent = status.textContent;
  });
  const script = document.createElement("script");
  script.src = address;
  document.head.append(script);
}
