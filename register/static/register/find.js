/* The first screen's search drops its answer in place: no name gets into an address, and the page
   stays, so that Back is plain (C33, C38). Each search is an entry in the log of use: hence one on
   Enter, or after a pause, and never the same twice. Whatever fails, the form is sent as without
   script. */
(() => {
  "use strict";
  const PAUSE = 700;  // milliseconds without a key
  const LEAST = 3;  // characters that a pause searches for; Enter searches for any
  const FIELD = "#register-find", LINKS = ".register-client-rows a";

  function start() {
    const form = document.querySelector("[data-register-find]");
    if (!form) return;
    const field = form.querySelector(FIELD);
    const place = form.querySelector("[data-register-found]");
    const told = form.querySelector("[data-register-found-count]");
    let timer = 0, asked = "", running = null;

    async function search() {
      clearTimeout(timer);
      const query = field.value.trim();
      if (query === asked) return;
      running?.abort();
      asked = query;
      if (!query) return show("");
      running = new AbortController();
      const mine = running;
      let answer;
      try {
        answer = await fetch(form.dataset.registerFind, {
          method: "POST",
          body: new FormData(form),
          redirect: "manual",
          cache: "no-store",
          signal: mine.signal,
        });
        if (!answer.ok) throw new Error();
        show(await answer.text());
      } catch {
        // A newer search took its place, or it can't be answered here: the session may be over.
        if (!mine.signal.aborted) form.submit();
      }
    }

    function show(html) {
      place.innerHTML = html;
      told.textContent = place.querySelector(".register-found-told")?.textContent ?? "";
    }

    function step(event, links, by) {
      const at = links.indexOf(document.activeElement) + by;
      event.preventDefault();
      (at < 0 ? field : links[Math.min(at, links.length - 1)]).focus();
    }

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      // Enter once more goes to what was found.
      if (field.value.trim() === asked && event.submitter !== document.activeElement) {
        place.querySelector(LINKS)?.focus();
      }
      search();
    });
    field.addEventListener("input", () => {
      clearTimeout(timer);
      const length = field.value.trim().length;
      if (length >= LEAST || length === 0) timer = setTimeout(search, length ? PAUSE : 0);
    });
    form.addEventListener("keydown", (event) => {
      const links = [...place.querySelectorAll(LINKS)];
      const inField = event.target === field;
      if (!links.length || (!inField && !links.includes(event.target))) return;
      if (event.key === "ArrowDown") step(event, links, 1);
      if (event.key === "ArrowUp" && !inField) step(event, links, -1);
      if (event.key === "Escape" && !inField) field.focus();
    });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
