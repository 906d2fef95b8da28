// Filters and order of the questions, and everything open in print. The page is whole without it.
const form = document.querySelector(".filters");
const list = document.getElementById("list");

if (form) {
  const items = [...list.children];
  const texts = new Map(items.map((item) => [item, item.querySelector("summary").textContent.toLowerCase()]));

  const show = () => {
    const chosen = Object.fromEntries(new FormData(form));
    const words = chosen.words.trim().toLowerCase();
    let count = 0;
    for (const item of items) {
      const fits = ["category", "verdict", "reply", "split"].every((name) => !chosen[name] || item.dataset[name] === chosen[name]);
      item.hidden = !(fits && texts.get(item).includes(words));
      count += !item.hidden;
    }
    items.sort((a, b) => a.dataset[chosen.order] - b.dataset[chosen.order] || a.dataset.rank - b.dataset.rank);
    list.append(...items);
    form.querySelector("output").textContent = `${count} of ${items.length} shown`;
  };

  form.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(show));
  for (const link of document.querySelectorAll("[data-filter]")) {
    link.addEventListener("click", () => {
      form.reset();
      form.elements.category.value = link.dataset.filter;
      show();
    });
  }
  show();
}

// Older browsers do not open details for print by the style sheet alone.
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  for (const each of opened) each.open = true;
});
addEventListener("afterprint", () => {
  for (const each of opened) each.open = false;
});
