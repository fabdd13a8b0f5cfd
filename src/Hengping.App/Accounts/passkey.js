// Passkeys: the browser's own dialogue between two plain posts. The form asks the page for a challenge, lets the
// browser answer it, and then goes as any form does; without script it stays hidden.
const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const known = (list) => (list ?? []).map((key) => ({ ...key, id: toBytes(key.id) }));

function inBytes(options) {
  const ready = { ...options, challenge: toBytes(options.challenge) };
  if (options.user) ready.user = { ...options.user, id: toBytes(options.user.id) };
  if (options.excludeCredentials) ready.excludeCredentials = known(options.excludeCredentials);
  if (options.allowCredentials) ready.allowCredentials = known(options.allowCredentials);
  return ready;
}

function inText(made) {
  const { response } = made;
  const said = { clientDataJSON: toText(response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"])
    if (response[part]) said[part] = toText(response[part]);
  if (response.getTransports) said.transports = response.getTransports();
  return JSON.stringify({
    id: made.id,
    rawId: toText(made.rawId),
    type: made.type,
    authenticatorAttachment: made.authenticatorAttachment,
    clientExtensionResults: made.getClientExtensionResults(),
    response: said,
  });
}

async function answer(form) {
  const asked = await fetch(form.dataset.ask, { method: "POST", body: new FormData(form) });
  const { ask, options, fault } = await asked.json();
  if (fault) return fault;
  const publicKey = inBytes(JSON.parse(options));
  const made = await navigator.credentials[form.dataset.passkey]({ publicKey });
  form.elements.ask.value = ask;
  form.elements.credential.value = inText(made);
  form.submit();
  return "";
}

/** Wakes the forms that make or use a passkey, where the browser has any. */
export function passkeys() {
  if (!window.PublicKeyCredential) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      event.stopPropagation();
      const line = form.querySelector("[role=alert]");
      line.hidden = true;
      // Whoever closes the dialogue, or has no passkey here, reads what else there is.
      const fault = await answer(form).catch(() => form.dataset.failed);
      line.textContent = fault;
      line.hidden = !fault;
    });
  }
}
