// Asking. Gradio renders after loading and re-renders at will, so everything is delegated to the document.
import { keep, turns } from "./conversations.js";
import { chosen } from "./filters.js";
import { suggest } from "./taking.js";

let asked = null; // what our scripts want asked: {question, at}; else what stands in the box is meant

let run = 0; // each question that is sent has its number, which all that comes of it bears
let ended = 0; // the last run that was stopped or left behind: its last words may still be on their way

// What goes with every event: the conversation so far; with a question also the turn that it is asked in again.
window.isnad = {
  question(text) {
    const { question, at } = asked ?? { question: text };
    asked = null;
    return JSON.stringify({ question, at, run: ++run, turns: turns(), filters: chosen() });
  },
  conversation() {
    ended = run;
    return JSON.stringify({ turns: turns() });
  },
};

const numberOf = (turn) => Number(turn.id.slice(1));

function ask(question, at) {
  if (document.querySelector('#live [aria-busy="true"]')) return; // one question at a time
  asked = { question, at };
  document.dispatchEvent(new Event("isnad:ask"));
}

// A new question moves to the top of the window; a growing answer then leaves the reader's place alone. Each state of it
// is kept: what is under way as a turn without an answer.
const still = matchMedia("(prefers-reduced-motion: reduce)");
let current = null;
let known = ""; // what was kept last: a turn that is still there while another conversation is opened is not kept there
new MutationObserver(() => {
  const late = document.querySelector("#live [data-run]");
  if (late && Number(late.dataset.run) <= ended) late.replaceChildren();
  const turn = document.querySelector("#live .turn");
  suggest();
  if (!turn) return (current = null);
  if (turn.dataset.kept !== known) keep(numberOf(turn), JSON.parse((known = turn.dataset.kept)));
  if (turn === current) return;
  const began = turn.querySelector('[aria-busy="true"]') && current?.id !== turn.id;
  current = turn;
  if (began) turn.scrollIntoView({ block: "start", behavior: still.matches ? "auto" : "smooth" });
}).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["id", "data-kept"] });

// The editor takes the place of a question; Escape gives it back.
function edit(turn, text) {
  turn.querySelector(".editor")?.remove();
  const form = document.getElementById("editor").content.firstElementChild.cloneNode(true);
  const box = form.querySelector("textarea");
  const end = () => {
    form.remove();
    turn.classList.remove("editing");
    turn.querySelector(".edit")?.focus();
  };
  const send = () => {
    if (!box.value.trim()) return;
    end();
    ask(box.value.trim(), numberOf(turn));
  };
  box.value = text;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  form.querySelector(".cancel").addEventListener("click", end);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") end();
    if (event.key !== "Enter" || event.shiftKey || event.target !== box) return;
    event.preventDefault();
    send();
  });
  turn.classList.add("editing");
  turn.querySelector(".asked").after(form);
  box.focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const turn = button?.closest(".turn");
  if (button?.matches(".ask")) ask(button.textContent);
  else if (turn && button.matches(".edit")) edit(turn, button.dataset.edit);
  else if (turn && button.matches(".again")) ask(JSON.parse(turn.dataset.kept).question, numberOf(turn));
  else if (turn && button.matches(".copy:not(.done)")) copyFrom(button);
});

// The button holds the answer with its sources as plain text, and says for a moment that they were copied.
async function copyFrom(button) {
  await copy(button.dataset.text);
  const label = button.textContent;
  button.classList.add("done");
  button.textContent = button.dataset.done;
  setTimeout(() => {
    button.classList.remove("done");
    button.textContent = label;
  }, 2500);
}

// Browsers keep the clipboard for pages of this machine or over https; for others the old way has to do.
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const box = document.createElement("textarea");
  box.value = text;
  document.body.append(box);
  box.select();
  document.execCommand("copy");
  box.remove();
}
