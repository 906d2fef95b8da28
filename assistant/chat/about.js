// What the page is, asked for whenever the tab is opened.
const facts = document.querySelector("#about .facts");

document.addEventListener("isnad:tab", async (event) => {
  if (event.detail !== "about") return;
  if (!facts.firstChild) facts.textContent = facts.dataset.wait;
  const query = new URLSearchParams({ lang: document.documentElement.lang });
  const answer = await fetch(new URL(`about?${query}`, import.meta.url)).catch(() => null);
  const text = answer ? await answer.text() : facts.dataset.failed;
  if (answer?.ok) facts.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
  else facts.textContent = text;
});
