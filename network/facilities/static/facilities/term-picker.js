/** Narrows a long list of checkboxes to what is typed, and says how many are chosen. */
function bindTermPicker(picker) {
  const input = picker.querySelector("[data-term-filter]");
  const chosen = picker.querySelector("[data-term-chosen]");
  const labels = [...picker.querySelectorAll("label")];
  const count = () => {
    const number = picker.querySelectorAll("input:checked").length;
    chosen.textContent = chosen.dataset.text.replace("%s", number);
  };
  const narrow = () => {
    const wanted = input.value.trim().toLowerCase();
    for (const label of labels) label.hidden = !label.dataset.words.includes(wanted);
  };
  input.hidden = false;
  input.addEventListener("input", narrow);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  picker.addEventListener("change", count);
  count();
}

document.addEventListener("DOMContentLoaded", () => {
  for (const picker of document.querySelectorAll("[data-term-picker]")) bindTermPicker(picker);
});
