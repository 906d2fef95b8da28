// What is taken along from an answer: files of it, and questions to go on with.
import { current, turns } from "./conversations.js";

const language = () => document.documentElement.lang;

// The server makes the file of what this browser has kept; a turn alone, or all of the conversation.
async function save(button) {
  const turn = button.closest(".turn");
  const kept = turn ? [JSON.parse(turn.dataset.kept)] : turns();
  const name = turn ? kept[0].question : (current()?.name ?? "");
  const query = new URLSearchParams({ format: button.dataset.format, lang: language() });
  const body = JSON.stringify({ name, turns: kept });
  const answer = await fetch(new URL(`export?${query}`, import.meta.url), { method: "POST", body }).catch(() => null);
  if (!answer?.ok) {
    button.textContent = answer ? await answer.text() : "✕";
    return;
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = `${name.slice(0, 60).replace(/[\\/:*?"<>|\n]+/g, " ").trim() || "isnad"}.${button.dataset.format}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  button.closest("details")?.removeAttribute("open");
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button.save");
  if (button) save(button);
});

// Below the last answer, once it is there: what its articles can be asked further.
let suggestedFor = "";
export async function suggest() {
  const place = document.querySelector(".next");
  const last = [...document.querySelectorAll(".turn")].pop();
  const settled = last?.querySelector('.answer[aria-busy="false"]') && last.querySelector(".card[data-article]");
  const mark = settled ? last.dataset.kept : "";
  if (!place || mark === suggestedFor) return;
  suggestedFor = mark;
  place.hidden = true;
  if (!settled) return;
  const query = new URLSearchParams({ lang: language() });
  for (const card of last.querySelectorAll(".card[data-article]")) query.append("article", card.dataset.article);
  for (const turn of turns()) query.append("asked", turn.question);
  const answer = await fetch(new URL(`next?${query}`, import.meta.url)).catch(() => null);
  if (!answer?.ok || mark !== suggestedFor) return;
  const found = new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes;
  place.querySelector("div").replaceChildren(...found);
  place.hidden = !place.querySelector("button");
}
