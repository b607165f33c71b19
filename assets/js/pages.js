// The report as pages side by side. The browser parts the text itself, in columns as high as a page; this script draws
// the sheets behind them with their numbers, and shows the place that is being written.
(function () {
  "use strict";

  function draw(sheets) {
    sheets.classList.add("paged");
    sheets.querySelectorAll(".sheet-paper").forEach(function (paper) { paper.remove(); });
    var number = 0;
    sheets.querySelectorAll(".sheet-flow").forEach(function (flow) {
      var style = getComputedStyle(flow);
      var text = parseFloat(style.columnWidth);
      var pitch = text + parseFloat(style.columnGap);
      // the end of the last column: what reaches farthest to the right in the text
      var end = 0;
      var left = flow.getBoundingClientRect().left;
      var scale = flow.getBoundingClientRect().width / flow.offsetWidth || 1;
      Array.prototype.forEach.call(flow.querySelectorAll("p, h2, h3, tr, svg"), function (part) {
        Array.prototype.forEach.call(part.getClientRects(), function (box) { end = Math.max(end, (box.left - left) / scale); });
      });
      var pages = Math.floor(end / pitch) + 1;
      for (var i = 0; i < pages; i++) {
        number++;
        var paper = document.createElement("div");
        paper.className = "sheet-paper" + (number % 2 ? " sheet-odd" : "");
        paper.setAttribute("aria-hidden", "true");
        paper.style.left = (i * pitch) + "px";
        paper.setAttribute("data-page", String(number));
        var mark = document.createElement("b");
        mark.textContent = "— " + number + " —";
        paper.appendChild(mark);
        if (sheets.dataset.notice) {
          var head = document.createElement("i");
          head.textContent = sheets.dataset.notice;
          paper.appendChild(head);
        }
        flow.appendChild(paper);
      }
      flow.style.setProperty("--more", ((pages - 1) * pitch) + "px");
    });
  }

  // show scrolls to a place and marks it; the place is a heading's anchor.
  function show(sheets, place) {
    var heading = place && document.getElementById("sheet-" + place);
    if (!heading) { return; }
    heading.classList.add("sheet-here-text");
    var box = sheets.getBoundingClientRect();
    var to = (heading.getBoundingClientRect().left - box.left) / (box.width / sheets.offsetWidth);
    sheets.scrollLeft += to - 130;
    var side = sheets.closest(".sheets-side");
    if (side) { side.scrollTop += heading.getBoundingClientRect().top - side.getBoundingClientRect().top - 60; }
  }

  function all(place) {
    document.querySelectorAll(".sheets").forEach(function (sheets) {
      draw(sheets);
      show(sheets, place || document.querySelector("[data-pages]").getAttribute("data-place"));
    });
  }

  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
  if (document.querySelector(".sheets")) { document.fonts.ready.then(function () { all(); }); }

  // beside the editor: the pages follow the draft, once it is kept
  var side = document.querySelector("[data-pages][data-source]");
  if (!side) { return; }
  function follow() {
    fetch(side.getAttribute("data-source"), { credentials: "same-origin", redirect: "manual" }).then(function (answer) {
      return answer.status === 200 ? answer.text() : null;
    }).then(function (html) {
      var fresh = html && new DOMParser().parseFromString(html, "text/html").querySelector(".sheets");
      if (!fresh) { return; }
      var before = side.querySelector(".sheets");
      var at = before ? [before.scrollLeft, side.scrollTop] : null;
      side.replaceChildren(document.adoptNode(fresh));
      side.hidden = false;
      all();
      if (at) { fresh.scrollLeft = at[0]; side.scrollTop = at[1]; }
    }).catch(function () { /* the last pages stay */ });
  }
  document.addEventListener("dabiao:kept", follow);
  follow();
})();
