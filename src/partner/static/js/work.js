// What a script adds to a report's page: texts are saved while they are typed. Without it there is a button for that.

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const area = form.querySelector("textarea");
  const status = form.querySelector("[role=status]");
  const length = form.querySelector("output");
  const key = `text/${form.dataset.autosave}`;
  let timer = 0;
  let sending = false;

  const say = (text, failed) => {
    status.textContent = text;
    status.classList.toggle("failed", Boolean(failed));
  };
  const keep = () => sessionStorage.setItem(key, area.value); // lives with this tab alone
  const save = async () => {
    if (sending) {
      timer = setTimeout(save, 500);
      return;
    }
    sending = true;
    const sent = area.value;
    const body = new FormData(form);
    body.set("act", "draft");
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
      if (answer.redirected || answer.status === 403) {
        say("保存できていません。別の画面でログインし直してから、もう一度入力してください。文章はこの画面に残っています。", true);
        return;
      }
      const told = await answer.json();
      say(told.said, !answer.ok);
      if (answer.ok && area.value === sent) {
        sessionStorage.removeItem(key);
      }
    } catch {
      say("保存できていません。自動でもう一度試みます。文章はこの画面に残っています。", true);
      timer = setTimeout(save, 5000);
    } finally {
      sending = false;
    }
  };
  const kept = sessionStorage.getItem(key);
  if (kept !== null && kept.trim() === area.value.trim()) {
    sessionStorage.removeItem(key); // it has arrived
  } else if (kept !== null) {
    area.value = kept;
    say("この画面に残っていた文章を戻しました。");
    timer = setTimeout(save, 500);
  }
  area.addEventListener("input", () => {
    length.textContent = [...area.value].length;
    keep();
    clearTimeout(timer);
    timer = setTimeout(save, 1500);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (event.submitter && event.submitter.value === "discard") {
      sessionStorage.removeItem(key);
    } else {
      keep(); // should the answer be a sign-in, the words are here when the page comes back
    }
  });
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

const open = () => {
  const at = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const around = at && (at.closest("details") || at.querySelector("details"));
  if (around) {
    around.open = true;
    at.scrollIntoView();
  }
};
window.addEventListener("hashchange", open);
open();
