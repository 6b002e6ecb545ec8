"use strict";
/* Beside a paper's form: keeps what is typed, and shows the pages while they are typed.
   Everything works without it. */

(() => {
  const SAVE_AFTER = 300, SHOW_AFTER = 350, KEEP_DAYS = 7;
  const account = document.body.dataset.account || "";
  const prefix = `trinhky:${account}:`;

  const store = (() => { try { localStorage.getItem("x"); return localStorage; } catch { return null; } })();
  const read = (key) => { try { return JSON.parse(store.getItem(key)); } catch { return null; } };
  const forget = (key) => store && store.removeItem(key);

  /* What was sent has become a document: what was kept of it is not needed any more. */
  const sent = sessionStorage.getItem("trinhky:sent");
  if (sent && /^\/van-ban\/\d+$/.test(location.pathname)) {
    forget(sent);
    sessionStorage.removeItem("trinhky:sent");
  }
  if (store) {
    for (const key of Object.keys(store).filter((one) => one.startsWith("trinhky:"))) {
      const kept = read(key);
      if (!kept || Date.now() - kept.at > KEEP_DAYS * 864e5) forget(key);
    }
  }

  const form = document.querySelector("form[data-sketch]");
  if (!form) return;

  const fields = () => [...form.elements].filter((one) => one.name && one.type !== "hidden" && one.type !== "submit" && one.tagName !== "BUTTON");
  const values = () => Object.fromEntries(fields().map((one) => [one.name, one.value]));
  const fill = (given) => fields().forEach((one) => { if (one.name in given) one.value = given[one.name]; });
  const later = (wait, act) => { let timer; return () => { clearTimeout(timer); timer = setTimeout(act, wait); }; };
  const make = (tag, text, name) => { const one = document.createElement(tag); if (text) one.textContent = text; if (name) one.className = name; return one; };

  /* Keeping what is typed */

  const key = prefix + location.pathname;
  const begun = values();
  const differs = (one, other) => Object.keys(one).some((name) => name in other && one[name] !== other[name]);
  let waiting = store ? read(key) : null;
  /* A refused form comes back with what was typed: that stays kept. */
  const isBack = Boolean(waiting) && !differs(begun, waiting.values);

  const keep = () => {
    if (!store) return;
    const now = values();
    if (!differs(now, begun) && !isBack) return waiting || forget(key);
    try { store.setItem(key, JSON.stringify({ at: Date.now(), values: now })); } catch { /* full: the form itself still holds it */ }
  };

  if (waiting && !isBack) {
    const bar = make("div", "", "note kept");
    bar.setAttribute("role", "status");
    const at = new Date(waiting.at).toLocaleString("vi-VN", { dateStyle: "short", timeStyle: "short" });
    bar.append(make("p", `Còn phần gõ dở lúc ${at}, chưa lập thành dự thảo.`));
    const take = make("button", "Lấy lại phần gõ dở", "btn btn-outline-primary");
    const drop = make("button", "Bỏ phần đó", "btn btn-outline-secondary");
    take.type = drop.type = "button";
    take.addEventListener("click", () => {
      const before = values();
      fill(waiting.values);
      const undo = make("button", "Hoàn lại", "btn btn-outline-secondary");
      undo.type = "button";
      undo.addEventListener("click", () => { fill(before); bar.remove(); keep(); show(); });
      bar.replaceChildren(make("p", "Đã lấy lại phần gõ dở."), undo);
      undo.focus();
      waiting = null;
      keep();
      show();
    });
    drop.addEventListener("click", () => { forget(key); waiting = null; bar.remove(); fields()[0].focus(); });
    bar.append(take, " ", drop);
    (form.closest(".paper-desk") || form).before(bar);
  } else {
    waiting = null;
  }

  const keepLater = later(SAVE_AFTER, keep);
  form.addEventListener("input", () => { waiting = null; keepLater(); });
  form.addEventListener("submit", () => { keep(); sessionStorage.setItem("trinhky:sent", key); });
  addEventListener("pagehide", () => { if (!waiting) keep(); });

  /* Showing the pages */

  const panel = document.querySelector(".sketch");
  const state = panel.querySelector(".sketch-state");
  const faults = panel.querySelector(".sketch-faults");
  const list = panel.querySelector(".sketch-pages");
  const drawn = new Map();
  let asked = 0, running = null;

  const say = (text) => { if (state.textContent !== text) state.textContent = text; };

  const go = (name, text) => {
    const field = form.elements[name];
    if (!field || !field.focus) return;
    field.focus();
    field.scrollIntoView({ block: "center" });
    if (!text || !field.setSelectionRange || field.tagName === "SELECT") return;
    const start = field.value.toLowerCase().indexOf(text.toLowerCase());
    if (start >= 0) field.setSelectionRange(start, start + text.length);
  };

  const at = (event, page) => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width, y = (event.clientY - box.top) / box.height;
    return page.places.find(([, left, top, width, height]) => x >= left && x <= left + width && y >= top && y <= top + height);
  };

  const draw = (page, number, count) => {
    if (page.source) drawn.set(page.digest, page.source);
    const one = make("li"), image = make("img");
    image.src = drawn.get(page.digest);
    image.width = 760;
    image.height = Math.round(760 * page.ratio);
    image.alt = `Trang ${number} trên ${count}`;
    image.addEventListener("mousemove", (event) => { event.currentTarget.classList.toggle("on-field", Boolean(at(event, page))); });
    image.addEventListener("click", (event) => { const place = at(event, page); if (place) go(place[0], place[5]); });
    one.append(image);
    return one;
  };

  const show = async () => {
    if (!panel.open) return;
    const turn = ++asked;
    if (running) running.abort();
    running = new AbortController();
    const data = new FormData(form);
    for (const [name, value] of Object.entries(form.dataset)) if (name !== "sketch" && value) data.set(name, value);
    data.set("seen", [...drawn.keys()].join(","));
    let found;
    try {
      const answer = await fetch(form.dataset.sketch, { method: "POST", body: new URLSearchParams(data), signal: running.signal });
      if (!(answer.headers.get("Content-Type") || "").includes("application/json") || answer.redirected) {
        return say("Chưa xem được trang giấy: phiên làm việc đã hết hoặc máy chủ báo lỗi. Phần đã gõ vẫn còn trên máy này.");
      }
      found = await answer.json();
    } catch (error) {
      if (error.name !== "AbortError") say("Không liên lạc được với máy chủ. Phần đã gõ vẫn còn trên máy này; trang giấy hiện lại khi có mạng.");
      return;
    }
    if (turn !== asked) return;
    if (!found.pages) return say(found.detail || found.title || "Chưa xem được trang giấy.");
    if (found.pages.length) list.replaceChildren(...found.pages.map((page, place) => draw(page, place + 1, found.count)));
    const kept = new Set(found.pages.map((page) => page.digest));
    for (const digest of [...drawn.keys()].slice(0, -40)) if (!kept.has(digest)) drawn.delete(digest);
    list.classList.toggle("is-old", !found.pages.length);
    const more = found.count > found.pages.length && found.pages.length ? `, đang hiện ${found.pages.length} trang đầu` : "";
    say(found.pages.length ? `${found.count} trang${more}. Bấm vào một chỗ trên trang để sửa chỗ đó.` : found.reason);
    faults.replaceChildren(...found.faults.map(({ field, message }) => {
      const item = make("li"), link = make("a", message);
      link.href = `#${field}`;
      link.addEventListener("click", (event) => { event.preventDefault(); go(field); });
      item.append(link);
      return item;
    }));
  };

  const showLater = later(SHOW_AFTER, show);
  panel.hidden = false;
  panel.open = matchMedia("(min-width: 1200px)").matches;
  panel.addEventListener("toggle", show);
  form.addEventListener("input", showLater);
  form.addEventListener("change", showLater);
  addEventListener("online", show);
})();
