/* Before a session ends, whoever is at the page is told, and can go on (C36). After it has ended, the
   page is covered, and logging in again over it brings it back: what was typed has stayed in its
   fields and nowhere else. To another person the page does not come back. */
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const SECOND = 1000, MINUTE = 60 * SECOND;
  const WARNED = 5 * MINUTE;  // before the end
  const FIRST = 15 * SECOND;  // pages that are left sooner ask nothing
  let person = null;  // whose page this is
  let idleEnd = Infinity, wholeEnd = Infinity;  // by this machine's clock
  let lastBeat = Date.now(), typed = false, shown = null, understood = false;
  let dialog, title, text, form, button, refusal;

  function token() {
    return JSON.parse(document.getElementById("wagtail-config").textContent).CSRF_TOKEN;
  }

  /* Ask how long the session lasts, with POST so that it goes on. */
  async function ask(method) {
    const headers = method === "POST" ? { "X-CSRFToken": token() } : {};
    let answer;
    try {
      answer = await fetch(words.url, { method, headers, redirect: "manual", cache: "no-store" });
    } catch {
      return;  // no connection: nothing is known, and nothing is said
    }
    if (answer.ok) {
      take(await answer.json());
    } else if (answer.type === "opaqueredirect" && person) {
      show("over");
    }
  }

  function take(state) {
    if (person && state.person !== person) return leave();
    person = state.person;
    idleEnd = Date.now() + state.idle * SECOND;
    wholeEnd = Date.now() + state.whole * SECOND;
    return look();
  }

  function end() {
    return Math.min(idleEnd, wholeEnd);
  }

  function look() {
    const left = end() - Date.now();
    if (left > WARNED) return hide();
    if (left <= 0) return ask("GET");
    if (wholeEnd <= idleEnd) return understood ? hide() : show("whole");
    return show("idle");
  }

  /* Once a minute: tell the server that somebody types, and look at the clock. */
  async function beat() {
    if (shown === "over") return;
    if (typed && shown === null) {
      typed = false;
      lastBeat = Date.now();
      await ask("POST");
    } else if (person === null || end() - Date.now() <= WARNED) {
      await ask("GET");  // another window may have gone on
    }
  }

  function build() {
    dialog = document.createElement("dialog");
    dialog.className = "register-session";
    dialog.setAttribute("role", "alertdialog");
    dialog.setAttribute("aria-labelledby", "register-session-title");
    dialog.setAttribute("aria-describedby", "register-session-text");
    title = add(dialog, "h2", { id: "register-session-title" });
    text = add(dialog, "p", { id: "register-session-text" });
    refusal = add(dialog, "p", { className: "register-session-refusal" });
    refusal.setAttribute("role", "alert");
    form = add(dialog, "form");
    for (const [name, type] of [["username", "text"], ["password", "password"]]) {
      const label = add(form, "label", { textContent: words[name] });
      const hint = name === "password" ? "current-password" : "username";
      add(label, "input", { name, type, required: true, autocomplete: hint });
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      logIn();
    });
    button = add(dialog, "button", { type: "button", className: "button" });
    button.addEventListener("click", press);
    // Escape goes on, but opens nothing that has ended.
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      if (shown !== "over") press();
    });
    document.body.append(dialog);
  }

  function add(parent, tag, properties = {}) {
    const made = Object.assign(document.createElement(tag), properties);
    parent.append(made);
    return made;
  }

  function show(what) {
    if (shown === what) return;
    if (!dialog) build();
    shown = what;
    const over = what === "over";
    const time = new Date(end()).toLocaleTimeString("fi", { hour: "numeric", minute: "2-digit" });
    title.textContent = over ? words.over : words.soon;
    text.textContent = over ? words.again : words[what].replace("{time}", time);
    button.textContent = { idle: words.goOn, whole: words.understood, over: words.logIn }[what];
    refusal.textContent = "";
    form.hidden = !over;
    dialog.classList.toggle("register-session--over", over);
    if (dialog.open) dialog.close();  // anew, so that it is read aloud
    dialog.showModal();
    (over ? form.elements.username : button).focus();
  }

  function hide() {
    if (shown !== null) dialog.close();
    shown = null;
  }

  function press() {
    if (shown === "over") return form.requestSubmit();
    if (shown === "whole") understood = true;
    hide();
    lastBeat = Date.now();
    return ask("POST");
  }

  /* Send the log-in form, as the log-in page would. */
  async function logIn() {
    const page = await read(fetch(words.login, { cache: "no-store" }));
    const data = new URLSearchParams(new FormData(form));
    data.set("next", words.url);
    data.set("csrfmiddlewaretoken", page?.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
    form.elements.password.value = "";
    try {
      const answer = await fetch(words.login, { method: "POST", body: data });
      if (answer.headers.get("Content-Type")?.startsWith("application/json")) {
        const state = await answer.json();
        if (state.person !== person) return leave();
        renew(state.token);
        understood = false;
        return take(state);
      }
      const refused = await read(answer);
      refusal.textContent = refused?.querySelector(".messages .error")?.textContent ?? words.failed;
    } catch {
      refusal.textContent = words.failed;
    }
    return form.elements.password.focus();
  }

  async function read(answer) {
    try {
      return new DOMParser().parseFromString(await (await answer).text(), "text/html");
    } catch {
      return null;
    }
  }

  /* Give each form of the page, and Wagtail's own scripts, the new session's token. */
  function renew(fresh) {
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = fresh;
    const config = document.getElementById("wagtail-config");
    config.textContent = JSON.stringify({ ...JSON.parse(config.textContent), CSRF_TOKEN: fresh });
    if (window.wagtailConfig) window.wagtailConfig.CSRF_TOKEN = fresh;
  }

  /* Of this page nothing is left to somebody else, nor behind the browser's back button. */
  function leave() {
    for (const each of document.forms) each.reset();
    document.body.replaceChildren();
    window.location.replace(words.home);
  }

  if (document.body.classList.contains("login")) return;
  document.addEventListener("input", () => {
    typed = true;
    if (Date.now() - lastBeat >= MINUTE) beat();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && person) look();
  });
  setTimeout(() => ask("GET"), FIRST);
  setInterval(beat, MINUTE);
})();
