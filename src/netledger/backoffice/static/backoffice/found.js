// What was found while typing: arrows walk through it, Escape or a click elsewhere takes it away.
(function () {
  function found() { return document.getElementById("found"); }
  document.addEventListener("keydown", function (event) {
    var box = found(), search = document.querySelector("[data-search]");
    if (!box || !search || !(event.target === search || box.contains(event.target))) return;
    if (event.key === "Escape") { box.textContent = ""; search.focus(); return; }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    var stops = [search].concat(Array.from(box.querySelectorAll("a")));
    var next = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    if (next < 0 || next >= stops.length) return;
    event.preventDefault();
    stops[next].focus();
  });
  document.addEventListener("click", function (event) {
    var box = found();
    if (box && !event.target.closest(".search")) box.textContent = "";
  });
})();
