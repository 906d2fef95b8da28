// The evaluation's tab: a run begun and ended, how far it is while it lasts, and the reports that there are.
const tab = document.getElementById("evaluation");
const [run, halt] = [".run", ".halt"].map((name) => tab.querySelector(name));
const bar = tab.querySelector("progress");
const failure = tab.querySelector(".failure");
const list = tab.querySelector("tbody");
const EVERY_MS = 1000;
let next = 0;

const address = (path) =>
  new URL(`${path}?${new URLSearchParams({ lang: document.documentElement.lang })}`, import.meta.url);

function fail(line) {
  failure.textContent = line;
  failure.hidden = !line;
}

async function draw() {
  clearTimeout(next);
  const answer = await fetch(address("evaluation")).catch(() => null);
  if (!answer?.ok) return fail(answer ? await answer.text() : list.dataset.failed);
  const { running, share, told, failure: why, html } = await answer.json();
  run.disabled = running;
  halt.hidden = bar.hidden = !running;
  bar.value = share;
  tab.querySelector(".how").textContent = told;
  fail(why);
  const rows = new DOMParser().parseFromString(`<table>${html}</table>`, "text/html").querySelectorAll("tr");
  list.replaceChildren(...rows);
  for (const link of list.querySelectorAll("a")) link.href = new URL(link.getAttribute("href"), import.meta.url);
  clearTimeout(next);
  if (running && document.body.dataset.tab === "evaluation") next = setTimeout(draw, EVERY_MS);
}

async function change(what) {
  const answer = await fetch(address(`evaluation/${what}`), { method: "POST" }).catch(() => null);
  if (answer?.ok) await draw();
  else fail(answer ? await answer.text() : list.dataset.failed);
}

run.addEventListener("click", () => change("start"));
halt.addEventListener("click", () => change("stop").then(() => run.focus()));
document.addEventListener("isnad:tab", (event) => event.detail === "evaluation" && draw());
if (document.body.dataset.tab === "evaluation") draw(); // the page was opened there
