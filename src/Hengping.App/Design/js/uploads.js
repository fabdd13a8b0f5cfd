// Evidence goes up as soon as it is chosen: tap, drag or camera; progress, retry, remove. Without us the same input
// posts its files with the form.
const size = (bytes) => (bytes > 1048576 ? `${(bytes / 1048576).toFixed(1)} MB` : `${Math.ceil(bytes / 1024)} KB`);

export function uploads(root) {
  for (const drop of root.querySelectorAll(".drop[data-upload]:not([data-awake])")) {
    drop.dataset.awake = "1";
    const input = drop.querySelector("input[type=file]");
    const list = document.getElementById(drop.dataset.list);
    const words = drop.dataset;

    const button = (text, act) => {
      const b = document.createElement("button");
      b.type = "button";
      b.className = "btn btn-quiet btn-small";
      b.textContent = text;
      b.addEventListener("click", act);
      return b;
    };

    const send = (file, item) => {
      const bar = document.createElement("progress");
      bar.max = 100;
      bar.setAttribute("aria-label", file.name);
      item.querySelectorAll("progress, button, .error-text").forEach((old) => old.remove());
      item.append(bar);
      const body = new FormData();
      body.append("file", file);
      body.append("__RequestVerificationToken", drop.closest("form").elements.__RequestVerificationToken.value);
      const request = new XMLHttpRequest();
      request.upload.addEventListener("progress", (e) => {
        if (e.lengthComputable) bar.value = (100 * e.loaded) / e.total;
      });
      const failed = (why) => {
        bar.remove();
        const said = document.createElement("p");
        said.className = "error-text";
        said.setAttribute("role", "alert");
        said.textContent = why;
        item.append(said, button(words.retry, () => send(file, item)), button(words.remove, () => item.remove()));
      };
      request.addEventListener("error", () => failed(words.offline));
      request.addEventListener("load", () => {
        if (request.status >= 300) {
          let why = words.failed;
          try {
            why = JSON.parse(request.responseText).title || why;
          } catch {}
          failed(why);
          return;
        }
        bar.remove();
        const hidden = document.createElement("input");
        hidden.type = "hidden";
        hidden.name = words.name;
        hidden.value = JSON.parse(request.responseText).id;
        item.append(hidden, button(words.remove, () => item.remove()));
      });
      request.open("POST", words.upload);
      request.send(body);
    };

    const take = (files) => {
      for (const file of files) {
        const item = document.createElement("li");
        item.className = "proof";
        const face = document.createElement(file.type.startsWith("image/") ? "img" : "span");
        if (face.tagName === "IMG") {
          face.src = URL.createObjectURL(file);
          face.alt = file.name;
        } else {
          face.className = "kind";
          face.textContent = file.name.split(".").pop().toUpperCase();
        }
        const name = document.createElement("span");
        name.className = "name";
        name.textContent = `${file.name} · ${size(file.size)}`;
        item.append(face, name);
        list.append(item);
        send(file, item);
      }
      input.value = "";
    };

    input.addEventListener("change", () => take(input.files));
    for (const kind of ["dragenter", "dragover"]) {
      drop.addEventListener(kind, (e) => {
        e.preventDefault();
        drop.classList.add("over");
      });
    }
    drop.addEventListener("dragleave", () => drop.classList.remove("over"));
    drop.addEventListener("drop", (e) => {
      e.preventDefault();
      drop.classList.remove("over");
      take(e.dataTransfer.files);
    });
    list.addEventListener("click", (e) => e.target.closest("button[data-remove]")?.closest("li").remove());
  }
}
