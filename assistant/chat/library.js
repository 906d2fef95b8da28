// The library's tab: articles listed, searched and sorted; files and addresses added one after the other, articles taken out.
const tab = document.getElementById("library");
const list = tab.querySelector("tbody");
const tools = tab.querySelector(".tools");
const more = tab.querySelector(".more");
const undo = tab.querySelector(".undo");
const failure = tab.querySelector(".failure");
const adding = tab.querySelector(".adding");
const drop = tab.querySelector(".drop");
let page = 0;
let removed = "";
let asked = 0; // the newest request for rows: an older answer is not shown

const address = (path, query) =>
  new URL(`${path}?${new URLSearchParams({ ...query, lang: document.documentElement.lang })}`, import.meta.url);

async function draw(next = 0) {
  const number = ++asked;
  const query = { q: tools.querySelector("input").value, order: tools.querySelector("select").value, page: next };
  const answer = await fetch(address("library", query)).catch(() => null);
  if (number !== asked) return;
  if (!answer?.ok) return fail(answer && (await answer.text()));
  const { html, count, more: left } = await answer.json();
  const rows = new DOMParser().parseFromString(`<table>${html}</table>`, "text/html").querySelectorAll("tr");
  if (next) list.append(...rows);
  else list.replaceChildren(...rows);
  page = next;
  tools.querySelector(".count").textContent = count;
  more.hidden = !left;
}

function fail(line) {
  failure.textContent = line || adding?.dataset.connectionLost || "✕";
  failure.hidden = false;
}

let typed = 0;
tools.querySelector("input").addEventListener("input", () => {
  clearTimeout(typed);
  typed = setTimeout(draw, 200);
});
tools.querySelector("select").addEventListener("change", () => draw());
more.addEventListener("click", () => draw(page + 1));

async function change(what, id) {
  failure.hidden = true;
  const answer = await fetch(address(`library/${what}`, { id }), { method: "POST" }).catch(() => null);
  if (!answer?.ok) {
    fail(answer && (await answer.text()));
    return false;
  }
  await draw();
  return true;
}

list.addEventListener("click", async (event) => {
  const button = event.target.closest(".delete");
  if (!button) return;
  const id = button.closest("tr").dataset.article;
  button.disabled = true;
  if (!(await change("remove", id))) return (button.disabled = false);
  removed = id;
  undo.hidden = false;
  undo.querySelector("button").focus();
});

undo.querySelector("button").addEventListener("click", async () => {
  if (!(await change("undo", removed))) return;
  undo.hidden = true;
  (document.getElementById(`item-${removed}`)?.querySelector(".open") ?? tools.querySelector("input")).focus();
});

// One at a time: each file and address has its line, with how far it is and what has become of it.
let queue = Promise.resolve();
function add(names, bring) {
  for (const name of names) {
    const line = begun(name.name ?? name);
    queue = queue.then(() => bring(name, line)).then(() => draw());
  }
}

function begun(name) {
  const line = document.createElement("li");
  const shown = document.createElement("bdi");
  shown.textContent = name;
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", name);
  const state = document.createElement("span");
  line.append(shown, " ", bar, " ", state);
  adding.append(line);
  const working = (told) => {
    bar.removeAttribute("value");
    state.textContent = told;
  };
  const end = (kind, told, problems = []) => {
    bar.remove();
    line.className = kind;
    state.textContent = told;
    for (const problem of problems) {
      const why = document.createElement("p");
      why.append(document.createElement("bdi")); // on the side of the page, in a direction of its own
      why.firstChild.textContent = problem;
      line.append(why);
    }
  };
  const answered = (status, text) => {
    if (status !== 200) return end("failed", adding.dataset.notAdded, [text]);
    const { ok, line: told, problems } = JSON.parse(text);
    end(ok ? "added" : "failed", told, problems);
  };
  return { bar, state, working, answered, lost: () => end("failed", adding.dataset.connectionLost) };
}

function send(file, { bar, state, working, answered, lost }) {
  return new Promise((done) => {
    const request = new XMLHttpRequest(); // which tells how far an upload is
    state.textContent = adding.dataset.sending;
    request.upload.addEventListener("progress", (sent) => (bar.value = sent.loaded / sent.total));
    request.upload.addEventListener("load", () => working(adding.dataset.indexing));
    request.addEventListener("error", lost);
    request.addEventListener("load", () => answered(request.status, request.responseText));
    request.addEventListener("loadend", done);
    request.open("POST", address("library/upload", { name: file.name }));
    request.send(file);
  });
}

async function fetched(named, { working, answered, lost }) {
  working(adding.dataset.fetching);
  try {
    const answer = await fetch(address("library/fetch", { address: named }), { method: "POST" });
    answered(answer.status, await answer.text());
  } catch {
    lost();
  }
}

const paste = tab.querySelector(".paste");
paste?.addEventListener("submit", (event) => {
  event.preventDefault();
  const box = paste.querySelector("textarea");
  add(box.value.split(/\s+/).filter(Boolean), fetched);
  box.value = "";
});
paste?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.matches("button")) return;
  event.preventDefault(); // addresses have no lines of their own to begin
  paste.requestSubmit();
});

drop?.querySelector("input").addEventListener("change", (event) => {
  add(event.target.files, send);
  event.target.value = "";
});
for (const kind of ["dragover", "dragleave", "drop"]) {
  tab.addEventListener(kind, (event) => {
    if (!drop || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    drop.classList.toggle("over", kind === "dragover");
    if (kind === "drop") add(event.dataTransfer.files, send);
  });
}

document.addEventListener("isnad:tab", (event) => event.detail === "library" && draw());
if (document.body.dataset.tab === "library") draw(); // the page was opened there
