// The conversations of this browser: kept in its own storage, one key each, so that two tabs do not overwrite each other.
// Which one a tab shows is the tab's own, and outlives a reload.

const KEY = "isnad:conversation:";
const LONGEST_NAME = 80;
const drawer = document.getElementById("talks");
const list = drawer.querySelector("ul");
const undo = drawer.querySelector(".undo");
let removed = null; // the last one that was deleted, for as long as the drawer is open

const read = (id) => {
  try {
    const talk = JSON.parse(localStorage.getItem(KEY + id));
    return talk && Array.isArray(talk.turns) ? talk : null;
  } catch {
    return null; // not ours, or no storage here
  }
};

function ids() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(KEY)).map((key) => key.slice(KEY.length));
  } catch {
    return [];
  }
}

// The last asked first.
function all() {
  return ids().map(read).filter(Boolean).sort((one, other) => other.at - one.at);
}

// A browser whose storage is full lets the oldest conversation go; one without storage keeps this tab's in memory alone.
let inMemory = null;
function write(talk) {
  inMemory = talk;
  for (let left = ids().length; left >= 0; left--) {
    try {
      return localStorage.setItem(KEY + talk.id, JSON.stringify(talk));
    } catch {
      const oldest = all().filter((other) => other.id !== talk.id).pop();
      if (!oldest) return;
      localStorage.removeItem(KEY + oldest.id);
    }
  }
}

export function current() {
  const id = sessionStorage.getItem("isnad:open");
  return (id && (read(id) ?? (inMemory?.id === id ? inMemory : null))) || null;
}

export const turns = () => current()?.turns ?? [];

// Keeps turn n, from 1, of the conversation that is open; the first one begins it.
export function keep(n, turn) {
  const talk = current() ?? { id: crypto.getRandomValues(new Uint32Array(2)).join("-"), turns: [] };
  if (JSON.stringify(talk.turns[n - 1]) === JSON.stringify(turn)) return;
  talk.turns[n - 1] = turn;
  talk.at = Date.now();
  talk.name ??= turn.question.slice(0, LONGEST_NAME);
  write(talk);
  sessionStorage.setItem("isnad:open", talk.id);
  if (drawer.open) draw();
}

function open(id) {
  if (id) sessionStorage.setItem("isnad:open", id);
  else sessionStorage.removeItem("isnad:open");
  drawer.close();
  document.dispatchEvent(new Event("isnad:show"));
  scrollTo(0, 0);
  document.querySelector("#composer textarea")?.focus();
}

function draw() {
  const shown = current()?.id;
  const rows = all().map((talk) => {
    const row = document.getElementById("talk").content.firstElementChild.cloneNode(true);
    row.dataset.id = talk.id;
    const title = row.querySelector(".title");
    title.textContent = talk.name;
    if (talk.id === shown) title.setAttribute("aria-current", "true");
    return row;
  });
  list.replaceChildren(...rows);
  drawer.querySelector(".none").hidden = rows.length > 0;
  undo.hidden = !removed;
}

function rename(row) {
  const input = document.getElementById("talk-name").content.firstElementChild.cloneNode(true);
  const title = row.querySelector(".title");
  input.value = title.textContent;
  title.replaceWith(input);
  input.select();
  let done = false;
  const end = (save) => {
    if (done) return;
    done = true;
    const talk = read(row.dataset.id);
    if (save && talk && input.value.trim()) write({ ...talk, name: input.value.trim() });
    draw();
    list.querySelector(`[data-id="${row.dataset.id}"] .rename`)?.focus();
  };
  input.addEventListener("blur", () => end(true));
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault(); // one would press the button that gets the focus, the other close the drawer
    end(event.key === "Enter");
  });
}

function remove(id) {
  removed = read(id);
  const wasOpen = current()?.id === id;
  localStorage.removeItem(KEY + id);
  inMemory = null;
  if (wasOpen) document.dispatchEvent(new Event("isnad:show"));
  draw();
  undo.querySelector("button").focus();
}

list.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const row = button?.closest("li");
  if (!row) return;
  if (button.matches(".rename")) rename(row);
  else if (button.matches(".delete")) remove(row.dataset.id);
  else open(row.dataset.id);
});

undo.querySelector("button").addEventListener("click", () => {
  write(removed);
  removed = null;
  draw();
  list.querySelector(".title")?.focus();
});

drawer.addEventListener("click", (event) => {
  if (event.target === drawer || event.target.closest(".close")) drawer.close();
});
drawer.addEventListener("close", () => (removed = null));

document.addEventListener("click", (event) => {
  if (event.target.closest("button.fresh")) open(null);
  else if (event.target.closest("button.talks")) {
    draw();
    drawer.showModal();
  }
});
