// Takes the secret of a one-time link out of the address and posts it: what stands behind the "#"
// is sent to no server by the browser itself, and the history keeps nothing of it.
{
    const secret = location.hash.slice(1);
    const field = document.querySelector("input[name=link]");
    if (secret && field) {
        history.replaceState(null, "", location.pathname);
        field.value = secret;
        field.form.submit();
    }
}
