// What the next questions are narrowed to: a source, and the days between which an article was published.
const filters = () => document.querySelector(".filters");

export function chosen() {
  const found = {};
  for (const field of filters()?.querySelectorAll("select, input") ?? []) if (field.value) found[field.name] = field.value;
  return found;
}

// The library may have grown since: the sources are asked for whenever the filters are opened.
async function fill(select) {
  const answer = await fetch(new URL("sources", import.meta.url)).catch(() => null);
  if (!answer?.ok) return;
  const before = select.value;
  const named = (await answer.json()).map((source) => new Option(source, source));
  select.replaceChildren(select.options[0], ...named);
  select.value = named.some((option) => option.value === before) ? before : "";
}

const told = () => filters().classList.toggle("some", Object.keys(chosen()).length > 0);

document.addEventListener("toggle", (event) => {
  if (event.target.matches?.(".filters") && event.target.open) fill(event.target.querySelector("select"));
}, true); // which does not bubble

document.addEventListener("change", (event) => {
  if (event.target.closest?.(".filters")) told();
});

document.addEventListener("click", (event) => {
  if (event.target.closest(".filters .none")) {
    for (const field of filters().querySelectorAll("select, input")) field.value = "";
    told();
    filters().open = false;
    filters().querySelector("summary").focus();
  }
});
