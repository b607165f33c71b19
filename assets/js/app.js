// Enhances pages that already work without it: draws charts from the JSON in the page, keeps a form
// from being sent twice, closes menus, brings a refused form's mistakes into view.
(function () {
  "use strict";
  var root = document.documentElement;

  // The palette charts name their colours from: "@ink" is the style sheet's --ink.
  var palette = {
    "@ink": "--ink", "@muted": "--muted", "@line": "--line", "@accent": "--accent", "@card": "--card",
    "@bar": "--bar", "@band": "--band", "@behind": "--behind", "@far_behind": "--far"
  };
  var colourKeys = { color: 1, borderColor: 1, backgroundColor: 1, textBorderColor: 1 };

  function axisNumber(value) {
    return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  }

  // The only functions an option may name, as formatters.
  var functions = {
    "@number": axisNumber,
    "@texts": function (params) {
      var list = Array.isArray(params) ? params : [params];
      var lines = Array.isArray(params) ? [list[0].axisValueLabel] : [];
      list.forEach(function (p) { if (p.data && p.data.name && p.data.value !== "-") { lines.push(p.data.name); } });
      return lines.join("\n");
    }
  };

  // Room for the names of a ranking: a third of the box, within reason; labels leave a gap of it.
  function nameRoom(key, width) {
    var room = Math.max(140, Math.min(280, Math.round(width * 0.36)));
    return key === "width" ? room - 10 : room;
  }

  function resolve(node, style, width) {
    Object.keys(node).forEach(function (key) {
      var value = node[key];
      if (value && typeof value === "object") { resolve(value, style, width); return; }
      if (typeof value !== "string" || value.charAt(0) !== "@") { return; }
      if (key === "formatter" && functions[value]) { node[key] = functions[value]; }
      if (colourKeys[key] && palette[value]) { node[key] = style.getPropertyValue(palette[value]).trim(); }
      if (value === "@names" && (key === "left" || key === "margin" || key === "width")) { node[key] = nameRoom(key, width); }
      if (key === "fontFamily" && value === "@font") { node[key] = style.getPropertyValue("--font").trim(); }
    });
    return node;
  }

  var drawn = [], width = null; // width is how wide a chart is on paper, while the page is on paper

  // draw makes every chart anew, as wide as its box or, for paper, as its room on a page of A4 is.
  function draw() {
    if (!window.echarts) { return; }
    drawn.forEach(function (chart) { chart.dispose(); });
    drawn = [];
    drawNew();
  }

  // drawNew makes the charts that are not drawn yet.
  function drawNew() {
    if (!window.echarts) { return; }
    var style = getComputedStyle(root);
    document.querySelectorAll("[data-chart]").forEach(function (box) {
      var source = document.getElementById(box.getAttribute("data-chart"));
      if (!source || echarts.getInstanceByDom(box)) { return; }
      box.style.width = width ? width(box) + "px" : "";
      box.style.height = width ? Math.min(176, width(box) / 2 + 20) + "px" : "";
      while (box.firstChild) { box.removeChild(box.firstChild); } // the server's drawing of the same
      var chart = echarts.init(box, null, { renderer: "svg" });
      chart.setOption(resolve(JSON.parse(source.textContent), style, box.clientWidth));
      if (width) { chart.setOption({ dataZoom: (chart.getOption().dataZoom || []).map(function () { return { show: false }; }) }); }
      drawn.push(chart);
    });
    document.querySelectorAll(".chart-box").forEach(offer);
  }

  // offer makes a drawn chart's legend buttons that hide and show its series.
  function offer(box) {
    var chart = window.echarts && echarts.getInstanceByDom(box), figure = box.closest("figure");
    if (!chart || !figure) { return; }
    var shown = chart.getOption().legend[0].selected || {};
    figure.querySelectorAll("[data-series]").forEach(function (key) {
      var name = key.getAttribute("data-series"), button = key;
      if (key.tagName !== "BUTTON") {
        button = document.createElement("button");
        button.type = "button";
        button.className = key.className;
        button.setAttribute("data-series", name);
        button.setAttribute("aria-pressed", shown[name] === false ? "false" : "true");
        while (key.firstChild) { button.appendChild(key.firstChild); }
        key.parentNode.replaceChild(button, key);
      } else if (button.getAttribute("aria-pressed") === "false") { // the chart was drawn anew
        chart.dispatchAction({ type: "legendUnSelect", name: name });
      }
    });
    scale(box, chart);
  }

  // Without the target's line the axis ends where the highest of the others does.
  function scale(box, chart) {
    var target = box.closest("figure").querySelector("button[data-series=dashed]");
    var fixed = JSON.parse(document.getElementById(box.getAttribute("data-chart")).textContent).yAxis[0];
    var whole = !target || target.getAttribute("aria-pressed") === "true";
    chart.setOption({ yAxis: { max: whole ? fixed.max : null, interval: whole ? fixed.interval : null } });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button[data-series]");
    if (!button) { return; }
    var box = button.closest("figure").querySelector(".chart-box"), chart = echarts.getInstanceByDom(box);
    button.setAttribute("aria-pressed", button.getAttribute("aria-pressed") === "true" ? "false" : "true");
    chart.dispatchAction({ type: "legendToggleSelect", name: button.getAttribute("data-series") });
    scale(box, chart);
  });

  function resize() { drawn.forEach(function (chart) { chart.resize(); }); }

  // The library is large and the server's drawings are there: it comes when the page is done and nobody
  // waits, on a slow line only once somebody points at a chart.
  function bring() {
    var from = document.getElementById("main");
    var address = from && from.getAttribute("data-echarts");
    if (!address || window.echarts || document.querySelector("script[data-library]")) { return; }
    var script = document.createElement("script");
    script.src = address;
    script.setAttribute("data-library", "");
    script.onload = function () { draw(); };
    document.head.appendChild(script);
  }
  function bringLater() {
    var line = navigator.connection || {};
    if (line.saveData || /2g|3g/.test(line.effectiveType || "")) { return; }
    if (window.requestIdleCallback) { window.requestIdleCallback(bring, { timeout: 3000 }); } else { setTimeout(bring, 200); }
  }
  if (document.readyState === "complete") { bringLater(); } else { window.addEventListener("load", bringLater); }
  ["pointerover", "touchstart", "focusin"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      if (event.target.closest && event.target.closest(".chart-box")) { bring(); }
    }, { passive: true });
  });
  document.addEventListener("live-swapped", function () {
    drawn = drawn.filter(function (chart) {
      var stays = document.contains(chart.getDom());
      if (!stays) { chart.dispose(); }
      return stays;
    });
    drawNew();
  });
  var waiting;
  window.addEventListener("resize", function () { clearTimeout(waiting); waiting = setTimeout(resize, 120); });
  if (window.matchMedia) {
    var dark = window.matchMedia("(prefers-color-scheme: dark)");
    if (dark.addEventListener) { dark.addEventListener("change", function () { draw(); }); }
  }

  // On paper charts are drawn as on the light page, and nothing is folded that cannot be unfolded there.
  var theme, unfolded = [];
  window.addEventListener("beforeprint", function () {
    unfolded = Array.prototype.slice.call(document.querySelectorAll("main details.area:not([open]), main details.late-unit:not([open])"));
    unfolded.forEach(function (part) { part.open = true; });
    theme = root.getAttribute("data-theme");
    root.setAttribute("data-theme", "light");
    width = function (box) { return box.closest(".show") ? 316 : 640; }; // two beside each other, or one
    draw();
  });
  window.addEventListener("afterprint", function () {
    unfolded.forEach(function (part) { part.open = false; });
    if (theme) { root.setAttribute("data-theme", theme); } else { root.removeAttribute("data-theme"); }
    width = null;
    draw();
  });

  // A picture is saved as PNG, which chat programs take, at twice its size.
  function showPNG() { document.querySelectorAll("a[data-png]").forEach(function (link) { link.hidden = false; }); }
  showPNG();
  document.addEventListener("live-swapped", showPNG);
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[data-png]");
    if (!link) { return; }
    event.preventDefault();
    var picture = new Image();
    picture.onload = function () {
      var canvas = document.createElement("canvas"), save = document.createElement("a");
      canvas.width = 2 * picture.naturalWidth;
      canvas.height = 2 * picture.naturalHeight;
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      save.download = link.download;
      save.href = canvas.toDataURL("image/png");
      save.click();
    };
    picture.src = link.href;
  });

  // A form is sent once. Coming back with the browser's arrow makes it ready again.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.hasAttribute("data-once")) { return; }
    if (form.getAttribute("data-sent")) { event.preventDefault(); return; }
    form.setAttribute("data-sent", "1");
    // Once it is on its way: a button that is disabled before does not send its name.
    setTimeout(function () { form.querySelectorAll("button").forEach(function (b) { b.disabled = true; }); });
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      form.removeAttribute("data-sent");
      form.querySelectorAll("button").forEach(function (b) { b.disabled = false; });
    });
  });

  // Menus close when something else is touched, and with Escape.
  function closeMenus(except) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (menu !== except) { menu.removeAttribute("open"); }
    });
  }
  document.addEventListener("click", function (event) { closeMenus(event.target.closest("details.menu")); });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") { return; }
    var open = document.querySelector("details.menu[open]");
    if (open) { open.removeAttribute("open"); open.querySelector("summary").focus(); }
  });

  // The keys that links show.
  document.addEventListener("keydown", function (event) {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !/^Key[A-Z]$/.test(event.code)) { return; }
    var link = document.querySelector("a[aria-keyshortcuts=\"Alt+" + event.code.charAt(3) + "\"]");
    if (link) { event.preventDefault(); link.click(); }
  });

  var errors = document.querySelector(".errors");
  if (errors) { errors.focus(); }
})();
