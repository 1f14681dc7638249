/* Passkeys (C36): hands the browser what the server asks for, and the server what it answers. */
window.registerPasskey = (() => {
  "use strict";

  function bytes(text) {
    const base = text.replace(/-/g, "+").replace(/_/g, "/");
    return Uint8Array.from(atob(base), (sign) => sign.charCodeAt(0));
  }

  function text(buffer) {
    const base = btoa(String.fromCharCode(...new Uint8Array(buffer)));
    return base.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function keys(list) {
    return (list ?? []).map((each) => ({ ...each, id: bytes(each.id) }));
  }

  function answered(credential, names) {
    const response = {};
    for (const name of names) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    return {
      type: credential.type,
      id: credential.id,
      rawId: text(credential.rawId),
      response,
      clientExtensionResults: credential.getClientExtensionResults(),
    };
  }

  async function create({ publicKey }) {
    const made = await navigator.credentials.create({
      publicKey: {
        ...publicKey,
        challenge: bytes(publicKey.challenge),
        user: { ...publicKey.user, id: bytes(publicKey.user.id) },
        excludeCredentials: keys(publicKey.excludeCredentials),
      },
    });
    return answered(made, ["clientDataJSON", "attestationObject"]);
  }

  async function get({ publicKey }) {
    const used = await navigator.credentials.get({
      publicKey: {
        ...publicKey,
        challenge: bytes(publicKey.challenge),
        allowCredentials: keys(publicKey.allowCredentials),
      },
    });
    return answered(used, ["clientDataJSON", "authenticatorData", "signature", "userHandle"]);
  }

  const ways = { create, get };

  async function use(form) {
    const refusal = form.querySelector("[role=alert]");
    refusal.textContent = "";
    if (!window.PublicKeyCredential) {
      refusal.textContent = refusal.dataset.unable;
      return;
    }
    try {
      const options = JSON.parse(form.querySelector("[type='application/json']").textContent);
      form.elements.credential.value = JSON.stringify(await ways[form.dataset.passkey](options));
    } catch {
      refusal.textContent = refusal.dataset.failed;
      return;
    }
    form.submit();
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.dataset.passkey) return;
    event.preventDefault();
    use(event.target);
  });

  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-print]")) {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    }
  });

  return { get };
})();
