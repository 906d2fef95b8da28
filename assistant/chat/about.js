// What the page is, asked for whenever the tab is opened.
const facts = document.querySelector("#about .facts");

async function draw() {
  if (!facts.firstChild) facts.textContent = facts.dataset.wait;
  const query = new URLSearchParams({ lang: document.documentElement.lang });
  const answer = await fetch(new URL(`about?${query}`, import.meta.url)).catch(() => null);
  const text = answer ? await answer.text() : facts.dataset.failed;
  if (answer?.ok) facts.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
  else facts.textContent = text;
}

document.addEventListener("isnad:tab", (event) => event.detail === "about" && draw());
if (document.body.dataset.tab === "about") draw(); // the page was opened there
