// Shows the slides of the wall one after the other, and says when the network is lost. live.js brings
// new figures. A click or the space bar holds and goes on, the arrows turn.
(function () {
  "use strict";
  var main = document.getElementById("main");
  var each = main.getAttribute("data-seconds") * 1000;
  var at = 0, current = "", held = false, turning = null;

  function slides() { return main.querySelectorAll(".wall-slide"); }

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
  show(0);
})();
