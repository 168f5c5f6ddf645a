const LETTERS = 2;

/** After an @ the names of those who would read it. */
export function offerNames(composer, form) {
  const expander = composer.querySelector("text-expander");
  if (!expander) return;

  async function names(typed) {
    const address = new URL(composer.dataset.people, location.href);
    address.searchParams.set("q", typed);
    address.searchParams.set("key", composer.dataset.key);
    const category = form.elements.category?.value;
    if (category) address.searchParams.set("category", category);
    const answer = await fetch(address);
    const holder = document.createElement("div");
    if (answer.ok) holder.innerHTML = await answer.text();
    const list = holder.querySelector("ul");
    return list ? { matched: true, fragment: list } : { matched: false };
  }

  expander.addEventListener("text-expander-change", (event) => {
    const { provide, text } = event.detail;
    if (text.trim().length < LETTERS || text.length > 60) return;
    provide(names(text).catch(() => ({ matched: false })));
  });
  expander.addEventListener("text-expander-value", (event) => {
    event.detail.value = event.detail.item.dataset.value;
  });
}
