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
  let dialog, title, text, form, first, code, passkey, button, refusal;
  let second = null;  // after the password: where the second factor goes, and what a passkey signs

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
    first = [["username", "text", "username"], ["password", "password", "current-password"]].map(
      (field) => addField(...field),
    );
    passkey = add(form, "button", { type: "button", className: "button" });
    passkey.textContent = words.passkey;
    passkey.addEventListener("click", usePasskey);
    code = addField("code", "text", "one-time-code");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (second) confirm();
      else logIn();
    });
    // Its button stands outside, for all that the dialog says: Enter would do nothing by itself.
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target === passkey) return;
      event.preventDefault();
      form.requestSubmit();
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

  function addField(name, type, hint) {
    const label = add(form, "label", { textContent: words[name] });
    return add(label, "input", { name, type, required: true, autocomplete: hint });
  }

  /* Show the fields of the first step, or with its page those of the second. */
  function step(page, url) {
    second = page && {
      url,
      token: page.querySelector("[name=csrfmiddlewaretoken]").value,
      options: page.getElementById("passkey-options")?.textContent,
    };
    for (const field of [...first, code]) {
      field.disabled = first.includes(field) === Boolean(second);
      field.parentElement.hidden = field.disabled;
    }
    passkey.hidden = !second?.options;
    code.value = "";
    text.textContent = second ? words.second : words.again;
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
    if (over) step(null);
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
    await send(words.login, data);
  }

  /* Send the second step: a code, or what the passkey signed. */
  function confirm() {
    return send(second.url, new URLSearchParams({ code: code.value }));
  }

  async function usePasskey() {
    refusal.textContent = "";
    try {
      const signed = await window.registerPasskey.get(JSON.parse(second.options));
      await send(second.url, new URLSearchParams({ credential: JSON.stringify(signed) }));
    } catch {
      refusal.textContent = words.unsigned;
    }
  }

  async function send(url, data) {
    if (second) data.set("csrfmiddlewaretoken", second.token);
    try {
      const answer = await fetch(url, { method: "POST", body: data });
      if (answer.headers.get("Content-Type")?.startsWith("application/json")) {
        const state = await answer.json();
        if (state.person !== person) return leave();
        renew(state.token);
        understood = false;
        return take(state);
      }
      const page = await read(answer);
      const isSecond = Boolean(page?.querySelector(".register-confirmation"));
      const refused = page?.querySelector(".messages .error, .error-message, .register-unreadable");
      const said = refused?.textContent.trim() ?? "";
      refusal.textContent = said || (isSecond && !second ? "" : words.failed);
      step(isSecond ? page : null, answer.url);
    } catch {
      refusal.textContent = words.failed;
    }
    if (!second) return form.elements.password.focus();
    return (second.options ? passkey : code).focus();
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
