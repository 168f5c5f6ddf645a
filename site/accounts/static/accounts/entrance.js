// A button beside a password that shows what is typed. Without it the field is as ever.
for (const input of document.querySelectorAll("input[data-show-password]")) {
  const { dataset } = document.querySelector("[data-show-password-labels]") ?? { dataset: {} };
  if (!dataset.show) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "ds-button";
  button.dataset.variant = "secondary";
  button.dataset.size = "sm";
  button.setAttribute("aria-controls", input.id);
  const label = () => {
    const shown = input.type === "text";
    button.textContent = shown ? dataset.hide : dataset.show;
    button.setAttribute("aria-pressed", String(shown));
  };
  button.addEventListener("click", () => {
    input.type = input.type === "text" ? "password" : "text";
    label();
  });
  // What is sent is a password again, so that the browser offers to keep it.
  input.form?.addEventListener("submit", () => {
    input.type = "password";
  });
  label();
  input.after(button);
}

// One press is enough; a second one would ask for a second letter.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-once]")) delete form.dataset.sent;
});
