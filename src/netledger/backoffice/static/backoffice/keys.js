// The keyboard: "/" goes to the search box, Escape leaves it.
document.addEventListener("keydown", function (event) {
  var search = document.querySelector("[data-search]");
  if (!search || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && !event.target.closest("input, textarea, select, [contenteditable]")) {
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key === "Escape" && event.target === search) {
    search.blur();
  }
});
