const PAUSE_MS = 150;
const LETTERS = 2;

/** Fills the suggestions of search fields from the address in data-suggest (a list of options). */
export function bindSuggestions() {
  for (const row of document.querySelectorAll("[data-suggest]")) {
    const input = row.querySelector("input");
    const list = row.querySelector("datalist");
    let timer;
    let running;
    input.addEventListener("input", () => {
      clearTimeout(timer);
      running?.abort();
      const query = input.value.trim();
      if (query.length < LETTERS) {
        list.replaceChildren();
        return;
      }
      timer = setTimeout(async () => {
        running = new AbortController();
        const address = new URL(row.dataset.suggest, location.href);
        address.searchParams.set("q", query);
        try {
          const answer = await fetch(address, { signal: running.signal });
          if (answer.ok) list.innerHTML = await answer.text();
        } catch (error) {
          if (error.name !== "AbortError") list.replaceChildren();
        }
      }, PAUSE_MS);
    });
  }
}
