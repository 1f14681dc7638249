/* The clients of whom a main user chose come without leaving the page; one box ticks them all.
   Without a script there is a button, and the box is read where the form is. */
(() => {
  const chooser = document.querySelector("[data-register-giver]");
  const form = () => document.querySelector("[data-register-given]");

  const tick = (event) => {
    const all = form().querySelector("[data-register-all]");
    if (!all) return;
    const boxes = [...form().querySelectorAll("[name=client]")];
    if (event.target === all) boxes.forEach((box) => { box.checked = all.checked; });
    else if (event.target.name === "client") all.checked = boxes.every((box) => box.checked);
  };
  document.addEventListener("change", tick);

  if (!chooser) return;
  chooser.querySelector("button").hidden = true;
  chooser.querySelector("select").addEventListener("change", async (event) => {
    if (!event.target.value) return;
    const address = `${chooser.action}?from=${encodeURIComponent(event.target.value)}`;
    const answer = await fetch(address, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) { chooser.submit(); return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.querySelector("[data-register-given]");
    if (found) form().replaceChildren(...found.childNodes);
    else chooser.submit();
  });
})();
