// Shows the slides of the wall one after the other, and says when the network is lost. live.js brings
// new figures. A click or the space bar holds and goes on, the arrows turn.
(function () {
  "use strict";
  var main = document.getElementById("main");
  var each = main.getAttribute("data-seconds") * 1000;
  var at = 0, current = "", held = false, turning = null;

  function slides() { return main.querySelectorAll(".wall-slide"); }

  // fit makes what is in a slide as large as the slide allows: long names and many rows are smaller, a few
  // rows larger. On a phone slides scroll.
  function fit(slide) {
    var list = slide.querySelector(".wall-rows, .wall-ov, .wall-trend");
    if (!list) { return; }
    var small = list.classList.contains("wall-ov"), rows = Array.prototype.slice.call(list.children);
    list.style.gridTemplateRows = small ? "repeat(" + Math.ceil(rows.length / 2) + ", minmax(min-content, 1fr))" : "";
    for (var size = innerWidth > 820 ? 115 : 100; size >= 40; size -= 5) {
      list.style.fontSize = size / 100 + "rem";
      if (innerWidth <= 820 || fits(list) && rows.every(fits)) { return; }
    }
  }

  function fits(e) { return e.scrollHeight <= e.clientHeight + 1 && e.scrollWidth <= e.clientWidth + 1; }

  function fitAll() { Array.prototype.forEach.call(slides(), fit); }

  function show(i) {
    var all = slides();
    at = (i + all.length) % all.length;
    current = all[at].id;
    Array.prototype.forEach.call(all, function (s, n) {
      s.classList.toggle("current", n === at);
      s.setAttribute("aria-hidden", n === at ? "false" : "true");
    });
    clearTimeout(turning);
    if (!held) { turning = setTimeout(function () { show(at + 1); }, each); }
    main.querySelector(".wall-time").classList.toggle("held", held);
  }

  function hold() { held = !held; show(at); }

  // The time in the corner is when the figures were last known to be right. Without the network it
  // stands still, and says so.
  function tell(lost, time) {
    var corner = main.querySelector(".wall-time"), clock = corner.querySelector("time");
    if (!corner.hasAttribute("data-well")) { corner.setAttribute("data-well", corner.firstChild.textContent); }
    if (time) { clock.textContent = time; }
    corner.classList.toggle("lost", lost);
    corner.firstChild.textContent = corner.getAttribute(lost ? "data-lost" : "data-well") + " ";
  }

  document.addEventListener("live-beat", function (event) { tell(false, event.detail.time); });
  document.addEventListener("live-lost", function () { tell(true); });
  document.addEventListener("live-gone", function () { location.reload(); }); // the link was ended: the page says so
  document.addEventListener("live-swapped", function () { // go on with the same slide
    var same = 0;
    Array.prototype.forEach.call(slides(), function (s, n) { if (s.id === current) { same = n; } });
    fitAll();
    show(same);
  });

  document.addEventListener("click", hold);
  document.addEventListener("keydown", function (event) {
    if (event.key === " ") { event.preventDefault(); hold(); }
    if (event.key === "ArrowRight") { show(at + 1); }
    if (event.key === "ArrowLeft") { show(at - 1); }
  });

  // The screen stays on where the browser lets us ask for it.
  function stayOn() {
    if (navigator.wakeLock && !document.hidden) { navigator.wakeLock.request("screen").catch(function () {}); }
  }
  document.addEventListener("visibilitychange", stayOn);
  stayOn();

  document.documentElement.classList.add("rotating");
  fitAll();
  show(0);
  addEventListener("resize", fitAll);
})();
