// A case beside the list. It is the case's own room that answers, so that it is opened and noted as there.
const BESIDE = { "X-Beside": "1" };
const NARROW = "(max-width: 61.99rem)";

export function panel(root, { refresh, say, focusRow }) {
  const place = document.getElementById("panel");
  const words = root.dataset;
  let number = null;

  const fits = () => !matchMedia(NARROW).matches;

  function put(html) {
    place.innerHTML = html;
    for (const button of place.querySelectorAll("[data-panel-close]")) button.hidden = false;
    place.dispatchEvent(new CustomEvent("house:new", { bubbles: true }));
  }

  function address(wanted) {
    const here = new URL(location.href);
    if (wanted) here.searchParams.set("case", wanted);
    else here.searchParams.delete("case");
    return here;
  }

  function fail(text) {
    put("");
    const line = document.createElement("p");
    const again = document.createElement("button");
    [line.className, line.textContent] = ["note note-careful", text];
    [again.className, again.type, again.textContent] = ["btn", "button", words.again];
    again.addEventListener("click", () => open(number, false));
    place.append(line, again);
    say(text);
  }

  async function open(wanted, push = true, focus = true) {
    if (!fits()) return location.assign(`/cases/${encodeURIComponent(wanted)}`);
    if (push && wanted !== number) history.pushState({}, "", address(wanted));
    number = wanted;
    place.hidden = false;
    root.classList.add("beside");
    document.dispatchEvent(new CustomEvent("desk:panel"));
    place.setAttribute("aria-busy", "true");
    if (focus) place.textContent = words.loading;
    try {
      const answer = await fetch(`/cases/${encodeURIComponent(wanted)}?handler=Panel`, { headers: BESIDE });
      if (number !== wanted) return;
      if (answer.status === 401) return location.reload();
      if (!answer.ok) return fail(words.failed.replace("{0}", answer.status));
      put(await answer.text());
      if (!focus) return;
      place.scrollTop = 0;
      place.querySelector("[data-focus]")?.focus();
    } catch {
      if (number === wanted) fail(words.offline);
    } finally {
      place.removeAttribute("aria-busy");
    }
  }

  function hide() {
    number = null;
    place.hidden = true;
    place.textContent = "";
    root.classList.remove("beside");
    document.dispatchEvent(new CustomEvent("desk:panel"));
  }

  function close() {
    if (place.hidden) return false;
    const was = number;
    history.pushState({}, "", address(null));
    hide();
    focusRow(was);
    return true;
  }

  place.addEventListener("click", (event) => {
    if (event.target.closest("[data-panel-close]")) close();
  });

  // What is done here comes back here; the list beside it is asked how things stand.
  place.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    event.preventDefault();
    event.stopPropagation();
    delete form.dataset.sent;
    place.setAttribute("aria-busy", "true");
    try {
      const body = new FormData(form, event.submitter);
      const answer = await fetch(form.action, { method: "POST", body, headers: BESIDE });
      if (form.hasAttribute("data-undo")) {
        await open(number, false);
      } else {
        put(await answer.text());
        place.querySelector(".fault, [role=status], [data-focus]")?.focus();
      }
      await refresh();
    } catch {
      say(words.offline);
      const line = document.createElement("p");
      [line.className, line.textContent] = ["note note-careful", words.offline];
      form.prepend(line);
    } finally {
      place.removeAttribute("aria-busy");
    }
  });

  addEventListener("popstate", () => {
    const wanted = new URL(location.href).searchParams.get("case");
    if (wanted && wanted !== number) open(wanted, false);
    else if (!wanted && number) hide();
  });

  return {
    fits,
    open,
    close,
    number: () => number,
    again: () => number && open(number, false, false),
    // What waited has gone out: the case is shown as it is now, unless somebody is writing in it.
    went() {
      const at = document.activeElement;
      const writing = place.contains(at) && at.matches("input, textarea, select");
      if (number && !writing && place.querySelector("[data-undo]")) open(number, false, false);
    },
    // Out of a field first, so that nothing typed is lost, then out of the case.
    escape(target) {
      if (!place.contains(target) || !target.matches("input, textarea, select")) return close();
      place.querySelector("[data-focus]").focus();
      return true;
    },
    // The form of a key, where a case is open: d sends, the others unfold. Rows that are ticked come first, unless
    // somebody is in the case itself.
    press(key, ticked) {
      if (place.hidden || (ticked && !place.contains(document.activeElement))) return false;
      const act = place.querySelector(`details[data-key="${key}"]`);
      if (!act) return false;
      act.open = true;
      if (key === "d") act.querySelector("form").requestSubmit();
      else act.querySelector("input:not([type=hidden]), textarea").focus();
      return true;
    },
    start() {
      const wanted = place.dataset.case;
      if (wanted && fits()) open(wanted, false);
      else if (wanted) location.replace(`/cases/${encodeURIComponent(wanted)}`);
    },
  };
}
