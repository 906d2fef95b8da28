// What a reader thinks of an answer. What was given is remembered as long as the tab lives, so that it can be changed.
const form = document.getElementById("reasons");
const KEY = "isnad:rating:";
const given = (place) => JSON.parse(sessionStorage.getItem(KEY + place.dataset.rating) ?? "{}");

function draw(place) {
  place.classList.add("drawn");
  const { verdict } = given(place);
  for (const button of place.querySelectorAll("button"))
    button.setAttribute("aria-pressed", String(button.classList.contains(verdict || "none")));
}

// The server's id of the rating is what allows to change it; without a verdict it is withdrawn.
async function rate(place, verdict, more = {}) {
  const turn = JSON.parse(place.closest(".turn").dataset.kept);
  const { id = "" } = given(place);
  const query = new URLSearchParams({ lang: document.documentElement.lang });
  const body = JSON.stringify({ id, verdict, turn, ...more });
  const answer = await fetch(new URL(`rating?${query}`, import.meta.url), { method: "POST", body }).catch(() => null);
  const text = answer ? await answer.text() : form.dataset.failed;
  if (answer?.ok) sessionStorage.setItem(KEY + place.dataset.rating, JSON.stringify({ id: text, verdict }));
  // Gradio may have drawn the turn anew meanwhile.
  for (const now of document.querySelectorAll(`.rating[data-rating="${place.dataset.rating}"]`)) {
    draw(now);
    now.classList.toggle("failed", !answer?.ok);
    now.querySelector(".told").textContent = answer?.ok ? form.dataset[verdict ? "kept" : "withdrawn"] : text;
  }
}

function close(turn) {
  turn.querySelector("form.reasons")?.remove();
  turn.querySelector(".rating .bad").setAttribute("aria-expanded", "false");
}

function open(place) {
  const turn = place.closest(".turn");
  if (turn.querySelector("form.reasons")) return close(turn);
  const why = form.content.firstElementChild.cloneNode(true);
  const end = () => {
    close(turn);
    turn.querySelector(".rating .bad").focus();
  };
  why.addEventListener("submit", (event) => {
    event.preventDefault();
    const { reason, note } = Object.fromEntries(new FormData(why));
    end();
    rate(place, "bad", { reason, note });
  });
  why.querySelector(".cancel").addEventListener("click", end);
  why.addEventListener("keydown", (event) => event.key === "Escape" && end());
  place.closest(".actions").after(why);
  place.querySelector(".bad").setAttribute("aria-expanded", "true");
  [...why.querySelectorAll("[type=radio]")].find((one) => one.checkVisibility()).focus();
}

if (form) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".rating button");
    if (!button) return;
    const place = button.closest(".rating");
    const verdict = button.classList.contains("good") ? "good" : "bad";
    if (given(place).verdict === verdict) rate(place, "");
    else if (verdict === "bad") return open(place);
    else rate(place, "good");
    close(place.closest(".turn"));
  });
  new MutationObserver(() => document.querySelectorAll(".rating:not(.drawn)").forEach(draw)).observe(
    document.documentElement, { childList: true, subtree: true },
  );
}
