// Draws the charts of a page from the figures that stand in it; the same figures stand in tables beside them.
(function () {
  var figures = document.getElementById("figures");
  if (!figures || !window.Chart) return;
  var told = JSON.parse(figures.textContent);
  var roubles = new Intl.NumberFormat(told.language, { maximumFractionDigits: 0 });
  var drawn = [];
  function colour(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }
  function draw() {
    drawn.forEach(function (chart) { chart.destroy(); });
    drawn = Array.from(document.querySelectorAll("canvas[data-chart]")).map(function (canvas) {
      var wanted = told[canvas.dataset.chart], isLine = canvas.dataset.kind === "line";
      var ink = colour("--quiet"), grid = colour("--chart-grid");
      var colours = [colour("--chart-now"), colour("--chart-before")];
      Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
      return new Chart(canvas, {
        type: isLine ? "line" : "bar",
        data: {
          labels: wanted.labels,
          datasets: wanted.series.map(function (one, at) {
            return {
              label: one.title, data: one.values.map(function (text) { return text === null ? null : Number(text); }),
              borderColor: colours[at], backgroundColor: colours[at], borderWidth: isLine ? 2 : 0,
              borderDash: isLine && at ? [5, 4] : [], pointRadius: 0, pointHitRadius: 12, maxBarThickness: 18,
            };
          }),
        },
        options: {
          animation: false, maintainAspectRatio: false, indexAxis: isLine ? "x" : "y",
          interaction: { mode: "index", intersect: false, axis: isLine ? "x" : "y" },
          plugins: {
            legend: { position: "bottom", labels: { color: ink, boxWidth: 14, boxHeight: 3 } },
            tooltip: { callbacks: { label: function (one) {
              return one.dataset.label + ": " + roubles.format(isLine ? one.parsed.y : one.parsed.x); } } },
          },
          scales: {
            x: { grid: { color: isLine ? "transparent" : grid }, ticks: { color: ink, maxRotation: 0, autoSkipPadding: 16,
                 callback: isLine ? function (at) { return this.getLabelForValue(at); } : function (sum) { return roubles.format(sum); } }, beginAtZero: true },
            y: { grid: { color: isLine ? grid : "transparent" }, ticks: { color: ink,
                 callback: isLine ? function (sum) { return roubles.format(sum); } : function (at) { return this.getLabelForValue(at); } }, beginAtZero: true },
          },
        },
      });
    });
  }
  draw();
  new MutationObserver(draw).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
})();
