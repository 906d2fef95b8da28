// The side panel: a marker or a card opens its article at the quoted words. The server renders the article; here it is
// asked for, scrolled and focused. Turns come and go as Gradio re-renders, so cards are remembered by id.

const reader = document.getElementById("reader");
const page = reader.querySelector(".page");
const glimpse = document.getElementById("glimpse"); // shows the quote of a marker that is pointed at or focused
const beside = matchMedia("(min-width: 64rem)"); // beside the answer, which stays usable; else a sheet over it
let card = null; // the card whose quote is shown
let opener = () => null; // finds what opened the panel, where focus goes back to
let inside = false; // whether the focus is in the panel

const frame = (card) => card.closest(".turn") ?? card.parentElement; // an answer, or the list of the library
const cardsOf = (turn) => (turn.matches(".turn") ? [...turn.querySelectorAll(".card[data-article]")] : []);
const cardBehind = (marker) => document.getElementById(marker.hash.slice(1));

function open(from, chosen) {
  const alike = from.matches("a.marker") ? `a.marker[href="${from.hash}"]` : `#${chosen.id} .open`;
  const at = Math.max(0, [...document.querySelectorAll(alike)].indexOf(from)); // a table may have the same marker
  opener = () => document.querySelectorAll(alike)[at];
  if (!reader.open) reveal();
  show(chosen).then(focusQuote);
}

function reveal() {
  if (beside.matches) reader.show();
  else reader.showModal();
}

// Shows the article of a card, every quote that this answer takes from it marked.
async function show(chosen) {
  card = chosen;
  const cards = cardsOf(frame(card));
  const { article, at } = card.dataset;
  const query = new URLSearchParams({ id: article, lang: document.documentElement.lang });
  if (at) query.append("at", at);
  for (const other of cards) {
    if (other !== card && other.dataset.article === article) query.append("also", other.dataset.at);
  }
  place(cards);
  const told = await fetched(new URL(`article?${query}`, import.meta.url));
  if (card !== chosen) return; // the reader has gone on meanwhile
  page.replaceChildren(...told);
  page.scrollTop = 0;
  page.querySelector("mark.here")?.scrollIntoView({ block: "center" });
}

async function fetched(address) {
  try {
    const answer = await fetch(address);
    const text = await answer.text();
    if (answer.ok) return new DOMParser().parseFromString(text, "text/html").body.childNodes;
    return [line(text)];
  } catch {
    return [line(page.dataset.failed)];
  }
}

function line(text) {
  const p = document.createElement("p");
  p.className = "failure";
  p.textContent = text;
  return p;
}

function place(cards) {
  reader.classList.toggle("single", cards.length < 2);
  reader.querySelector(".n").textContent = cards.indexOf(card) + 1;
  reader.querySelector(".m").textContent = cards.length;
  document.querySelectorAll(".shown").forEach((e) => e.classList.remove("shown"));
  document.querySelectorAll(`a.marker[href="#${card.id}"], #${card.id}`).forEach((e) => e.classList.add("shown"));
}

function focusQuote() {
  (page.querySelector("mark.here") ?? page).focus({ preventScroll: true });
}

// Round and round, so that the buttons keep the focus.
function step(by) {
  const cards = cardsOf(frame(document.getElementById(card.id) ?? card));
  const here = cards.findIndex((other) => other.id === card.id);
  show(cards[(here + by + cards.length) % cards.length]);
}

reader.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.step) step(Number(button.dataset.step));
  else if (button || event.target === reader) reader.close(); // the sheet itself is hit only beside its contents
});

reader.addEventListener("close", () => {
  if (reader.open) return; // it only changed its form
  document.querySelectorAll(".shown").forEach((element) => element.classList.remove("shown"));
  opener()?.focus();
});

beside.addEventListener("change", () => {
  if (!reader.open) return;
  reader.close();
  reveal();
  focusQuote();
});

document.addEventListener("click", (event) => {
  const from = event.target.closest("a.marker, .card, .item .open");
  const chosen = from?.matches("a.marker") ? cardBehind(from) : from?.closest(".card, .item");
  if (!chosen?.dataset.article) return;
  // A link in a card leads to the publisher; words of a card that are being selected stay selected.
  const on = event.target.closest("a, button");
  if (from === chosen && (on?.matches("a") || (!on && !getSelection().isCollapsed))) return;
  event.preventDefault();
  hide();
  open(from, chosen);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (!glimpse.hidden) hide();
  else if (reader.open && !reader.matches(":modal")) reader.close(); // a modal one closes by itself
});

function glance(marker) {
  const source = cardBehind(marker);
  if (!source) return;
  glimpse.querySelector(".quote").textContent = source.querySelector("blockquote").textContent;
  glimpse.querySelector(".title").textContent = source.querySelector(".title").textContent;
  marker.setAttribute("aria-describedby", "glimpse");
  glimpse.hidden = false;
  const at = marker.getBoundingClientRect();
  const { width, height } = glimpse.getBoundingClientRect();
  const below = at.bottom + height < innerHeight || at.top < height;
  glimpse.style.top = `${below ? at.bottom : at.top - height}px`;
  glimpse.style.left = `${Math.max(8, Math.min(at.left + at.width / 2 - width / 2, innerWidth - width - 8))}px`;
}

function hide() {
  glimpse.hidden = true;
  document.querySelector("[aria-describedby=glimpse]")?.removeAttribute("aria-describedby");
}

document.addEventListener("pointerover", (event) => {
  const marker = event.pointerType === "mouse" && event.target.closest("a.marker");
  if (marker) glance(marker);
  else if (!event.target.closest("#glimpse") && !document.activeElement.matches("a.marker:focus-visible")) hide();
});
document.addEventListener("focusin", (event) => {
  const back = inside && !reader.contains(event.target); // who comes back from the panel has just read the quote
  inside = reader.contains(event.target);
  if (!back && event.target.matches("a.marker:focus-visible")) glance(event.target);
  else hide();
});
document.addEventListener("scroll", hide, { passive: true });
