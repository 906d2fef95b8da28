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

// What can answer, where the page lets it be chosen.
const answering = document.getElementById("answering");
const answerers = (query) =>
  new URL(`answerers?${new URLSearchParams({ ...query, lang: document.documentElement.lang })}`, import.meta.url);

async function look() {
  const place = answering.querySelector(".choices");
  if (!place.firstChild) place.textContent = answering.dataset.wait;
  const answer = await fetch(answerers({})).catch(() => null);
  const text = answer ? await answer.text() : answering.dataset.failed;
  if (answer?.ok) place.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
  else place.textContent = text;
}

async function choose() {
  const chosen = answering.querySelector("[name=llm]:checked");
  const remember = answering.elements.remember.checked;
  const query = { llm: chosen.value, url: chosen.dataset.url, remember };
  const answer = await fetch(answerers(query), { method: "POST" }).catch(() => null);
  const told = answering.querySelector(".told");
  told.textContent = answer ? await answer.text() : answering.dataset.failed;
  told.classList.toggle("failure", !answer?.ok);
  await Promise.all([look(), draw()]);
  answering.querySelector("[name=llm]:checked")?.focus();
}

answering?.addEventListener("submit", (event) => event.preventDefault());
answering?.addEventListener("change", (event) => {
  if (event.target.name === "llm" || event.target.checked) choose();
});

function show() {
  draw();
  if (answering) look();
}

document.addEventListener("isnad:tab", (event) => event.detail === "about" && show());
if (document.body.dataset.tab === "about") show(); // the page was opened there
