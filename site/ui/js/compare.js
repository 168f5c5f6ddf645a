const STORE = "compare";

function stored() {
  try {
    return JSON.parse(sessionStorage.getItem(STORE)) ?? {};
  } catch {
    return {};
  }
}

function store(chosen) {
  try {
    sessionStorage.setItem(STORE, JSON.stringify(chosen));
  } catch {
    // A browser that refuses storage forgets the choice on the next page; the form still works.
  }
}

function hiddenInput(key) {
  const input = document.createElement("input");
  input.type = "hidden";
  input.name = "compare";
  input.value = key;
  return input;
}

/** Keeps what is chosen for comparison while the reader goes from page to page, and its limit. */
export function bindComparison() {
  const bar = document.querySelector("[data-compare-bar]");
  if (!bar) return;
  const limit = Number(bar.dataset.max);
  const text = bar.querySelector("[data-compare-text]");
  const others = bar.querySelector("[data-compare-others]");
  const clear = bar.querySelector("[data-compare-clear]");
  const submit = bar.querySelector("[type=submit]");
  const boxes = () => [...document.querySelectorAll("input[data-compare]")];

  function show() {
    const chosen = stored();
    const keys = Object.keys(chosen);
    const full = keys.length >= limit;
    for (const box of boxes()) {
      box.checked = box.value in chosen;
      box.disabled = full && !box.checked;
    }
    const here = new Set(boxes().map((box) => box.value));
    others.replaceChildren(...keys.filter((key) => !here.has(key)).map(hiddenInput));
    submit.disabled = keys.length < 2;
    clear.hidden = keys.length === 0;
    bar.toggleAttribute("data-empty", keys.length === 0);
    const { none, some, full: most } = text.dataset;
    text.textContent = full
      ? most
      : keys.length
        ? `${some.replace("#", keys.length)}: ${Object.values(chosen).join(", ")}`
        : none;
  }

  document.addEventListener("change", (event) => {
    const box = event.target.closest?.("input[data-compare]");
    if (!box) return;
    const chosen = stored();
    if (box.checked) chosen[box.value] = box.dataset.compare;
    else delete chosen[box.value];
    store(chosen);
    show();
  });
  clear.addEventListener("click", () => {
    store({});
    show();
  });
  document.addEventListener("htmx:afterSettle", show);
  const checked = boxes().filter((box) => box.checked);
  if (checked.length) store(Object.fromEntries(checked.map((b) => [b.value, b.dataset.compare])));
  show();
}
