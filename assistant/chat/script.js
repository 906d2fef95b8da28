// Gradio renders after loading and re-renders at will, so everything is delegated to the document.

// A marker leads to its source card: focus marks the card and takes screen readers along. A plain fragment link
// would reload the page when its address carries a query, because the page has a <base>.
document.addEventListener("click", (event) => {
  const marker = event.target.closest("a.marker");
  const card = marker && document.getElementById(marker.hash.slice(1));
  if (!card) return;
  event.preventDefault();
  card.scrollIntoView({ block: "center", behavior: "smooth" });
  card.focus({ preventScroll: true });
});

// A new question moves to the top of the window; a growing answer then leaves the reader's place alone.
let current = "";
new MutationObserver(() => {
  const turn = document.querySelector("#live .turn");
  if (!turn || turn.id === current) return;
  current = turn.id;
  turn.scrollIntoView({ block: "start", behavior: "smooth" });
}).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["id"] });
