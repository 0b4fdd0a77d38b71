"use strict";
(() => {
// The page is whole without this. It adds the reader's clock, news, a warning when the page is old, and the search.
const lang = document.documentElement.lang === "en" ? "en-001" : document.documentElement.lang;
const by = (id) => document.getElementById(id);
const say = (element, values) => element.dataset.text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
const minute = 60000;

const part = (options) => {
  try { return new Intl.DateTimeFormat(lang, options); } catch { return new Intl.DateTimeFormat("en-001", options); }
};
const hour = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const day = part({ year: "numeric", month: "short", day: "numeric" });
const clock = part(hour);
const clockAndZone = part({ ...hour, timeZoneName: "short" });

const localize = () => {
  for (const time of document.querySelectorAll("time[datetime*=T]")) {
    const at = new Date(time.dateTime), date = day.format(at), pair = time.parentElement.localName === "span";
    const same = pair && time.previousElementSibling?.dataset.day === date;
    time.title ||= time.textContent;
    time.dataset.day = date;
    const hours = (pair && time.nextElementSibling ? clock : clockAndZone).format(at);
    time.textContent = same ? hours : `${date}, ${hours}`;
  }
  by("zone").textContent = say(by("zone"), { zone: Intl.DateTimeFormat().resolvedOptions().timeZone });
};

const warn = () => {
  const old = by("old");
  if (!old) return;
  const age = Date.now() - new Date(by("built").dateTime), next = new Date(old.dataset.next ?? NaN);
  const due = Date.now() - next > 30 * minute;
  const found = [["day", 1440], ["hour", 60], ["minute", 1]].find(([, length]) => age >= 2 * length * minute);
  const isOld = (due || age > old.dataset.limit * 1000) && found;
  if (isOld) {
    const ago = new Intl.RelativeTimeFormat(lang).format(-Math.floor(age / minute / found[1]), found[0]);
    const said = say(old, { ago });
    if (old.textContent !== said) old.textContent = said;
  }
  old.hidden = !isOld;
};

// What is open stays open, and the focus stays where it was, when news take the place of the page.
const name = (element) => element.getAttribute("href") ?? element.closest("[id]")?.id;
const take = (other) => {
  const main = by("main"), heard = main.querySelector("h1").textContent;
  const open = [...main.querySelectorAll("details")].map((each) => [name(each), each.open]);
  const focus = main.contains(document.activeElement) && name(document.activeElement);
  main.replaceWith(other.getElementById("main"));
  document.title = other.title;
  document.querySelector("link[rel=icon]").href = other.querySelector("link[rel=icon]").href;
  for (const each of by("main").querySelectorAll("details")) {
    each.open = open.find(([key]) => key === name(each))?.[1] ?? each.open;
  }
  if (focus) [...by("main").querySelectorAll("a,summary")].find((each) => name(each) === focus)?.focus({ preventScroll: true });
  const now = by("main").querySelector("h1").textContent;
  if (now !== heard) by("news").textContent = now;
  localize();
};
const allowed = (page) => page.querySelector("meta[http-equiv]")?.content;
const refresh = async () => {
  warn();
  if (document.hidden || !by("built")) return;
  try {
    const answer = await fetch(location.pathname, { cache: "no-cache", credentials: "omit" });
    const other = new DOMParser().parseFromString(await answer.text(), "text/html");
    const built = other.getElementById("built")?.dateTime;
    if (!answer.ok || !built || built <= by("built").dateTime) return;
    if (allowed(other) !== allowed(document)) location.reload();
    else take(other);
    warn();
  } catch { /* offline: the warning says how old this is */ }
};

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const element = (tag, ...inside) => { const made = document.createElement(tag); made.append(...inside); return made; };
const found = (search, [page, title, said]) => {
  const link = element("a", title), about = element("p", said);
  link.href = search.dataset.home + page;
  link.dir = "auto";
  about.className = "meta";
  return element("li", link, about);
};
const enable = (search) => {
  let index;
  search.hidden = false;
  by("words").addEventListener("input", async () => {
    const words = fold(by("words").value).split(/\s+/).filter(Boolean);
    index ??= fetch(search.dataset.index).then((answer) => answer.json());
    const rows = await index.catch(() => { index = undefined; return []; });
    if (words.join() !== fold(by("words").value).split(/\s+/).filter(Boolean).join()) return;
    const hits = words.length ? rows.filter((row) => words.every((word) => (row.text ??= fold(row.join("\n"))).includes(word))) : [];
    by("found").replaceChildren(...hits.slice(0, 100).map((row) => found(search, row)));
    by("count").textContent = words.length ? say(search, { number: hits.length }) : "";
    by("listed").hidden = words.length > 0;
  });
};

localize();
warn();
if (location.protocol.startsWith("http")) {
  setInterval(refresh, minute);
  document.addEventListener("visibilitychange", refresh);
  if (by("search")) enable(by("search"));
}
})();
