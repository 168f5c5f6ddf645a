const PAUSE_MS = 2000;
const AGAIN_MS = 15000;

/** The token that the site expects, which changes when somebody logs in in another window. */
export function csrfToken(form) {
  const current = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  return current ?? form.elements.csrfmiddlewaretoken.value;
}

/** Keeps what is typed on the server, shortly after it was; gives how others keep something, too. */
export function keepDrafts(composer, form) {
  const status = composer.querySelector("[data-draft-status]");
  let timer;
  let running = null;
  let changed = false;
  let over = false;

  /** Sends `data`, one after the other so that no version is behind; gives the answer. */
  async function send(address, data, keepalive = false) {
    while (running) await running;
    data.set("token", form.elements.token.value);
    data.set("version", form.elements.version.value);
    const request = fetch(address, {
      method: "POST",
      body: data,
      keepalive,
      headers: { "X-CSRFToken": csrfToken(form) },
    });
    running = request.catch(() => {});
    try {
      const response = await request;
      const answer = await response.json();
      if (answer.token) {
        form.elements.token.value = answer.token;
        form.elements.version.value = answer.version;
      }
      status.textContent = answer.message ?? "";
      return { ok: response.ok, status: response.status, ...answer };
    } finally {
      running = null;
    }
  }

  function typed() {
    const data = new FormData(form);
    data.delete("uploads");
    return data;
  }

  async function keep(keepalive = false) {
    clearTimeout(timer);
    if (!changed || over) return;
    changed = false;
    try {
      const answer = await send(composer.dataset.save, typed(), keepalive);
      if (answer.status === 410) over = true;
      else if (!answer.ok) later();
    } catch {
      status.textContent = composer.dataset.failed;
      later();
    }
  }

  function later() {
    changed = true;
    timer = setTimeout(keep, AGAIN_MS);
  }

  form.addEventListener("input", ({ target }) => {
    if (target.type === "file") return;
    changed = true;
    status.textContent = composer.dataset.waiting;
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE_MS);
  });
  form.addEventListener("submit", () => {
    over = true;
    clearTimeout(timer);
  });
  // Shown again by the browser's "back", it is written in again.
  window.addEventListener("pageshow", () => {
    over = false;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep(true);
  });
  return { send, typed, status };
}
