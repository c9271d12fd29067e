// What a script adds to the intake desk: a place to drop a file, how far the work is, a button that is used once.
// Without it the same forms and a page that refreshes itself do the same.

const form = document.querySelector("form[data-drop]");
const input = form && form.querySelector("input[type=file]");
if (input) {
  const place = document.createElement("div");
  const words = document.createElement("p");
  place.className = "drop";
  words.setAttribute("role", "status");
  input.before(place);
  place.append(input, words);
  const say = () => {
    const most = Number(input.dataset.most);
    const file = input.files[0];
    if (input.multiple && input.files.length > 1) {
      const size = [...input.files].reduce((sum, one) => sum + one.size, 0);
      const tooMuch = input.files.length > 100 || size > 104857600;
      place.classList.toggle("chosen", !tooMuch);
      words.textContent = `${tooMuch ? "一度に送れるのは100件、合計100 MBまでです。分けて選んでください。" : ""}選んだファイル：${input.files.length}件（合計 ${Math.max(1, Math.round(size / 1024)).toLocaleString("ja-JP")} KB）`;
      return;
    }
    const tooLarge = file && most && file.size > most;
    place.classList.toggle("chosen", Boolean(file) && !tooLarge);
    if (!file) {
      words.textContent = "ここにファイルを置いても選べます。";
    } else if (tooLarge) {
      words.textContent = `${file.name}：大きすぎます（${Math.ceil(file.size / 1048576)} MB）。${most / 1048576} MBまでに分けてください。`;
      input.value = "";
    } else {
      words.textContent = `選んだファイル：${file.name}（${Math.max(1, Math.round(file.size / 1024)).toLocaleString("ja-JP")} KB）`;
    }
  };
  const carriesFile = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => {
      if (carriesFile(event)) {
        event.preventDefault();
        place.classList.add("over");
      }
    });
  }
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) {
      place.classList.remove("over");
    }
  });
  form.addEventListener("drop", (event) => {
    if (!carriesFile(event)) {
      return;
    }
    event.preventDefault();
    place.classList.remove("over");
    if (event.dataTransfer.files.length > 1 && !input.multiple) {
      words.textContent = "ファイルは1つずつ置いてください。";
      return;
    }
    input.files = event.dataTransfer.files;
    say();
  });
  input.addEventListener("change", say);
  say();
  form.addEventListener("submit", () => {
    if (input.files.length) {
      words.textContent = "送っています。大きなファイルは少し時間がかかります。";
    }
  });
}

const shown = document.querySelector("[data-poll]");
if (shown) {
  const ask = async () => {
    let again = 1000;
    try {
      const answer = await fetch(shown.dataset.poll, { headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok || answer.redirected || answer.headers.get("X-Running") !== "1") {
        window.location.reload();
        return;
      }
      const stop = document.querySelector("[data-stop] button");
      if (stop && answer.headers.get("X-May-Stop") !== "1") {
        stop.hidden = true;
      }
      const text = await answer.text();
      if (shown.innerHTML.trim() !== text.trim()) {
        shown.innerHTML = text;
      }
    } catch {
      again = 4000; // the network is away: try less often
    }
    setTimeout(ask, again);
  };
  setTimeout(ask, 700);
}

for (const once of document.querySelectorAll("form[data-once]")) {
  once.addEventListener("submit", () => {
    const button = once.querySelector("button");
    setTimeout(() => {
      button.disabled = true;
      button.textContent = once.dataset.once;
    }, 0);
  });
}

const now = document.querySelector(".coverage thead .now");
if (now) {
  const box = now.closest(".scroll");
  box.scrollLeft = now.offsetLeft + now.offsetWidth - box.clientWidth;
}
