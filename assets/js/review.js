// The list of what waits works without this. Here "all" ticks in place, the page says how many are
// ticked, and Shift ticks everything between two boxes.
(function () {
  "use strict";
  var form = document.getElementById("review");
  if (!form) { return; }
  var all = form.querySelector("[data-tick]");
  var said = form.querySelector("[data-ticked]");
  var boxes = Array.prototype.slice.call(form.querySelectorAll('input[name="update"]'));

  function say() {
    var n = boxes.filter(function (b) { return b.checked; }).length;
    said.textContent = said.getAttribute("data-ticked").replace("#", n);
    all.setAttribute("aria-pressed", String(n > 0 && n === boxes.length));
  }
  function toggle() {
    var on = boxes.some(function (b) { return !b.checked; });
    boxes.forEach(function (b) { b.checked = on; });
    say();
  }
  all.setAttribute("role", "button");
  all.addEventListener("click", function (event) { event.preventDefault(); toggle(); });
  all.addEventListener("keydown", function (event) {
    if (event.key === " ") { event.preventDefault(); toggle(); }
  });
  var last = -1;
  boxes.forEach(function (box, i) {
    box.addEventListener("click", function (event) {
      if (event.shiftKey && last >= 0) {
        boxes.slice(Math.min(i, last), Math.max(i, last) + 1).forEach(function (b) { b.checked = box.checked; });
      }
      last = i;
    });
    box.addEventListener("change", say);
  });
  say();
})();
