const YEAR = 365 * 24 * 60 * 60;

/** The choice of light or dark; a cookie, so that the server renders it and nothing flashes. */
export function bindColourScheme() {
  const fieldset = document.querySelector("[data-colour-scheme]");
  if (!fieldset) return;
  const root = document.documentElement;
  for (const input of fieldset.querySelectorAll("input")) {
    input.checked = input.value === root.dataset.colorScheme;
    input.addEventListener("change", () => {
      root.dataset.colorScheme = input.value;
      const secure = location.protocol === "https:" ? "; Secure" : "";
      document.cookie = `colour_scheme=${input.value}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
    });
  }
  fieldset.hidden = false;
}
