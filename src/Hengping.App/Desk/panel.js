// A case beside the list. It is the case's own room that answers, so that it is opened and noted as there.
const BESIDE = { "X-Beside": "1" };
const EDGE_PX = 12;
const LEAST_PX = 320;
const NARROW = "(max-width: 61.99rem)";

export function panel(root, { refresh, say, tell, focusRow, nextOf }) {
  const place = document.getElementById("panel");
  const words = root.dataset;
  let number = null;

  const fits = () => !matchMedia(NARROW).matches;

  function put(html) {
    place.innerHTML = html;
    for (const button of place.querySelectorAll("[data-panel-close]")) button.hidden = false;
    place.dispatchEvent(new CustomEvent("house:new", { bubbles: true }));
  }

  // What stands below the window's edge is scrolled to within the case: the list does not move.
  function fit() {
    if (place.hidden || !fits()) return place.style.removeProperty("max-height");
    const room = innerHeight - place.getBoundingClientRect().top - EDGE_PX;
    place.style.maxHeight = `${Math.max(room, LEAST_PX)}px`;
  }
  addEventListener("scroll", fit, { passive: true });
  addEventListener("resize", fit);

  function address(wanted) {
    const here = new URL(location.href);
    if (wanted) here.searchParams.set("case", wanted);
    else here.searchParams.delete("case");
    return here;
  }

  function stand(wanted) {
    if (wanted !== number) history.pushState({}, "", address(wanted));
    number = wanted;
    document.dispatchEvent(new CustomEvent("desk:panel"));
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

  async function open(wanted, push = true, focus = true, undone = false) {
    if (!fits()) return location.assign(`/cases/${encodeURIComponent(wanted)}`);
    if (push && wanted !== number) history.pushState({}, "", address(wanted));
    number = wanted;
    place.hidden = false;
    root.classList.add("beside");
    fit();
    document.dispatchEvent(new CustomEvent("desk:panel"));
    place.setAttribute("aria-busy", "true");
    if (focus) place.textContent = words.loading;
    try {
      const how = undone ? "&did=undone" : "";
      const path = `/cases/${encodeURIComponent(wanted)}?handler=Panel${how}`;
      const answer = await fetch(path, { headers: BESIDE });
      if (number !== wanted) return;
      if (answer.status === 401) return location.reload();
      if (!answer.ok) return fail(words.failed.replace("{0}", answer.status));
      put(await answer.text());
      if (!focus) return;
      place.scrollTop = 0;
      if (undone && typedIn()) return typedIn().focus();
      place.querySelector("[data-focus]")?.focus({ preventScroll: fits() });
    } catch {
      if (number === wanted) fail(words.offline);
    } finally {
      place.removeAttribute("aria-busy");
    }
  }

  // Where somebody goes on in a form that came back: at its first fault, else at what was typed.
  function faulty() {
    const fault = place.querySelector("form .error-text");
    const around = fault?.closest("fieldset, .field, form");
    return around?.querySelector("input:not([type=hidden]), textarea, select") ?? place.querySelector(".fault");
  }
  const typedIn = () =>
    place.querySelector("details[open] form :is(input:checked, textarea:not(:placeholder-shown, :empty))");

  // What is decided makes room for what waits next; the keys stay here.
  async function goOn(next) {
    if (next) return open(next);
    tell(words.over);
    place.querySelector("[data-focus]")?.focus();
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
      const about = number;
      const body = new FormData(form, event.submitter);
      const answer = await fetch(form.action, { method: "POST", body, headers: BESIDE });
      const html = await answer.text();
      if (answer.status === 401) return location.reload();
      const part = new DOMParser().parseFromString(html, "text/html");
      const isDone = part.querySelector("[data-decided]") !== null;
      const isRefused = part.querySelector(".fault") !== null;
      // What was refused stays where it was typed, also for whoever has gone on meanwhile.
      if (number !== about && isRefused) stand(about);
      if (number === about) put(html);
      const next = isDone && number === about && nextOf(about);
      if (isRefused) {
        faulty()?.focus();
        say([...place.querySelectorAll("form .error-text, .fault strong")].map((one) => one.innerText).join(" "));
      } else if (!isDone && number === about) place.querySelector("[data-focus]")?.focus();
      await refresh();
      if (isDone && number === about) await goOn(next);
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
    // What waited has gone out: the case is shown as it is now, unless somebody is writing in it.
    went() {
      const at = document.activeElement;
      const writing = place.contains(at) && at.matches("input, textarea, select");
      if (number && !writing && place.querySelector("[data-waits]")) open(number, false, false);
    },
    // Another list: a case that is in it stays open, with its address; another one is closed.
    stays(row) {
      if (!number) return;
      if (row) history.replaceState({}, "", address(number));
      else hide();
    },
    // Out of a field first, so that nothing typed is lost, then out of the case.
    escape(target) {
      if (!place.contains(target) || !target.matches("input, textarea, select")) return close();
      place.querySelector("[data-focus]").focus();
      return true;
    },
    // Somebody is in the case itself.
    holds: () => place.contains(document.activeElement),
    // The form of a key: d sends, the others unfold. Where there is none, the case says why.
    press(key) {
      if (place.hasAttribute("aria-busy")) return;
      const form = place.querySelector(`details[data-key="${key}"]`);
      if (!form) return tell(place.querySelector("[data-no-r]")?.getAttribute(`data-no-${key}`) || words.none);
      form.open = true;
      if (key === "d") form.querySelector("form").requestSubmit();
      else form.querySelector("input:not([type=hidden]), textarea").focus();
    },
    start() {
      const wanted = place.dataset.case;
      if (wanted && fits()) open(wanted, false);
      else if (wanted) location.replace(`/cases/${encodeURIComponent(wanted)}`);
    },
  };
}
