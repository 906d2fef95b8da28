// Gradio renders after loading and re-renders at will, so everything is delegated to the document.

// A new question moves to the top of the window; a growing answer then leaves the reader's place alone.
const still = matchMedia("(prefers-reduced-motion: reduce)");
let current = "";
new MutationObserver(() => {
  const turn = document.querySelector("#live .turn");
  if (!turn || turn.id === current) return;
  current = turn.id;
  turn.scrollIntoView({ block: "start", behavior: still.matches ? "auto" : "smooth" });
}).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["id"] });

// The button holds the answer with its sources as plain text, and says for a moment that they were copied.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button.copy");
  if (!button || button.classList.contains("done")) return;
  await copy(button.dataset.text);
  const label = button.textContent;
  button.classList.add("done");
  button.textContent = button.dataset.done;
  setTimeout(() => {
    button.classList.remove("done");
    button.textContent = label;
  }, 2500);
});

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
