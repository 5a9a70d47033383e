// Before anything is painted: light or dark, as the system asks for, unless the person has chosen.
(function () {
  var root = document.documentElement;
  if (root.dataset.theme !== "auto") return;
  var dark = matchMedia("(prefers-color-scheme: dark)");
  function follow() { root.dataset.bsTheme = dark.matches ? "dark" : "light"; }
  dark.addEventListener("change", follow);
  follow();
})();
