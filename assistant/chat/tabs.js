// Which part of the page is shown: the hash of its address says so, and the browser's way back works.
const links = [...document.querySelectorAll("#top nav a")];
const named = (link) => link.hash.slice(1);

function show() {
  const asked = location.hash.slice(1);
  const name = links.some((link) => named(link) === asked) ? asked : "ask";
  document.body.dataset.tab = name;
  for (const link of links) {
    if (named(link) === name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  for (const tab of document.querySelectorAll("main.tab")) tab.hidden = tab.id !== name;
  document.dispatchEvent(new CustomEvent("isnad:tab", { detail: name }));
}

addEventListener("hashchange", () => {
  show();
  scrollTo(0, 0);
});
show();

// A conversation is shown where it belongs.
const toQuestions = () => {
  if (document.body.dataset.tab !== "ask") location.hash = "ask";
};
document.addEventListener("isnad:show", toQuestions);
document.addEventListener("isnad:ask", toQuestions);
