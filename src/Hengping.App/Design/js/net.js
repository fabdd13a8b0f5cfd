// The connection: says when it is gone and when a part could not be renewed; nothing is sent into the void.
export function net() {
  const bar = document.querySelector("[data-net]");
  const say = (word) => {
    bar.textContent = word === "" ? "" : bar.dataset[word];
    bar.hidden = word === "";
  };
  addEventListener("offline", () => say("offline"));
  addEventListener("online", () => say(""));
  const failed = () => say(navigator.onLine ? "failed" : "offline");
  document.addEventListener("htmx:error", failed);
  document.addEventListener("htmx:response:error", failed);
  document.addEventListener("htmx:after:swap", () => say(""));
  // What was typed stays where it is until there is somebody to send it to.
  addEventListener(
    "submit",
    (event) => {
      if (navigator.onLine) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      say("offline");
      bar.scrollIntoView({ block: "nearest" });
    },
    true
  );
}
