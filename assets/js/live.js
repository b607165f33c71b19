// Keeps an open page up to date: hears of changes by server-sent events, asks for the page again and
// puts the new content in place of the old. Whoever is typing, or has the page in a hidden tab, is
// left alone until they are done.
(function () {
  "use strict";
  var main = document.querySelector("main[data-live]");
  if (!main || !window.EventSource || !window.fetch || !window.DOMParser) { return; }

  var source = null;   // of events; null while the tab is hidden
  var seen = null;     // the state this page shows
  var heard = null;    // the state the server is in
  var asking = false;  // the page is being asked for
  var last = 0;        // when it was asked for last
  var shown = content(main);

  function tell(name, detail) { document.dispatchEvent(new CustomEvent("live-" + name, { detail: detail || {} })); }

  // What the page says, without the key that is another one each time.
  function content(node) {
    var copy = node.cloneNode(true);
    each(copy.querySelectorAll("input[name=key]"), function (input) { input.setAttribute("value", ""); });
    return copy.innerHTML;
  }

  function each(list, fn) { Array.prototype.forEach.call(list, fn); }

  // A field that holds something else than the server put there.
  function touched(field) {
    if (field.type === "hidden") { return false; }
    if (field.type === "file") { return field.files.length > 0; }
    if (field.type === "checkbox" || field.type === "radio") { return field.checked !== field.defaultChecked; }
    if (field.tagName !== "SELECT") { return field.value !== field.defaultValue; }
    var chosen = 0;
    each(field.options, function (o, i) { if (o.defaultSelected) { chosen = i; } });
    return field.selectedIndex !== chosen;
  }

  // Somebody is in the middle of something that new content would take from them.
  function busy() {
    var at = document.activeElement, chosen = window.getSelection && window.getSelection();
    if (at && /^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName)) { return true; }
    if (chosen && !chosen.isCollapsed && main.contains(chosen.anchorNode)) { return true; }
    return !!main.querySelector("form[data-sent], dialog[open]") ||
      Array.prototype.some.call(main.querySelectorAll("input, select, textarea"), touched);
  }

  function stale() { return heard !== null && heard !== seen; }

  // refresh asks for the page when it is out of date and nobody is disturbed; what is put off now is
  // done by the clock below.
  function refresh() {
    if (!stale() || asking || document.hidden || busy() || Date.now() - last < 800) { return; }
    var state = heard;
    asking = true;
    last = Date.now();
    fetch(location.href, { credentials: "same-origin", cache: "no-cache", headers: { Accept: "text/html" } }).then(function (answer) {
      if (answer.redirected || answer.status !== 200) { throw answer; }
      return answer.text();
    }).then(function (text) {
      asking = false;
      if (document.hidden || busy()) { return; } // they began meanwhile: asked again later
      seen = state;
      take(new DOMParser().parseFromString(text, "text/html"));
    }, function (answer) {
      asking = false;
      if (answer.status && answer.status < 500 && answer.status !== 429) { close(); tell("gone", { status: answer.status, redirected: answer.redirected }); return; }
      tell("lost");
    });
  }

  // take puts the content of the page as it is now in place of what is shown.
  function take(next) {
    var fresh = next.getElementById("main");
    if (!fresh || !sameProgram(next)) { location.reload(); return; }
    var text = content(fresh);
    if (text === shown) { tell("same"); return; }
    shown = text;
    var put = keep(fresh);
    document.title = next.title;
    while (main.firstChild) { main.removeChild(main.firstChild); }
    while (fresh.firstChild) { main.appendChild(document.adoptNode(fresh.firstChild)); }
    tell("swapped"); // charts take their room before the page is scrolled
    put();
  }

  // A newer program has other scripts and styles: the whole page is due.
  function sameProgram(next) {
    function names(doc) {
      return Array.prototype.map.call(doc.querySelectorAll("script[src]:not([data-library]), link[rel=stylesheet]"),
        function (e) { return e.getAttribute("src") || e.getAttribute("href"); }).join();
    }
    return names(next) === names(document);
  }

  // Where an element is, so that its like is found in the new content: its id, or the nearest one
  // above it and which of its kind below that it is.
  function place(element, root) {
    if (element.id) { return "#" + element.id; }
    var above = element.parentElement;
    while (above && above !== root && !above.id) { above = above.parentElement; }
    var kind = element.tagName + "|" + (element.getAttribute("href") || element.getAttribute("name") || "");
    var like = Array.prototype.filter.call((above || root).querySelectorAll(element.tagName), function (e) {
      return e.tagName + "|" + (e.getAttribute("href") || e.getAttribute("name") || "") === kind;
    });
    return (above && above !== root ? above.id : "") + " " + kind + " " + like.indexOf(element);
  }

  // keep carries over what the person did to the page: what is unfolded, what has the focus, how far
  // it is scrolled, and charts whose figures are the same. It gives back what is left to do after.
  function keep(fresh) {
    var open = Object.create(null), scrolled = Object.create(null), focus = "", x = window.pageXOffset, y = window.pageYOffset;
    each(main.querySelectorAll("details"), function (d) { open[place(d, main)] = d.open; });
    each(main.querySelectorAll(".scroll"), function (e) { scrolled[place(e, main)] = e.scrollLeft; });
    if (document.activeElement && document.activeElement !== main && main.contains(document.activeElement)) {
      focus = place(document.activeElement, main);
    }
    each(fresh.querySelectorAll("details"), function (d) {
      var was = open[place(d, fresh)];
      if (was !== undefined) { d.open = was; }
    });
    each(fresh.querySelectorAll("[data-chart]"), function (box) {
      var id = box.getAttribute("data-chart"), was = main.querySelector('[data-chart="' + id + '"]');
      var now = fresh.querySelector("#" + id), before = main.querySelector("#" + id);
      if (was && now && before && now.textContent === before.textContent) { box.parentNode.replaceChild(was, box); }
    });
    return function () {
      each(main.querySelectorAll(".scroll"), function (e) { e.scrollLeft = scrolled[place(e, main)] || 0; });
      if (focus) {
        each(main.querySelectorAll("a, button, summary, [tabindex]"), function (e) {
          if (place(e, main) === focus) { e.focus({ preventScroll: true }); }
        });
      }
      window.scrollTo({ left: x, top: y, behavior: "instant" });
    };
  }

  // A stream is heard at least every few seconds. One that is silent is lost, whatever the browser
  // thinks of it; one that ends by itself is opened again by the browser, which nobody need notice.
  var watch = null, failing = false;

  function expect(within) {
    clearTimeout(watch);
    watch = setTimeout(function () { tell("lost"); close(); open(); }, within);
  }

  function open() {
    if (source || document.hidden) { return; }
    source = new EventSource(main.getAttribute("data-live"));
    expect(20000);
    source.onmessage = function (event) {
      var said = JSON.parse(event.data);
      failing = false;
      expect(20000);
      heard = said.state;
      main.setAttribute("data-heard", said.time);
      tell("beat", said);
      setTimeout(refresh, Math.random() * 300); // not everyone at once
    };
    source.onerror = function () {
      if (source && source.readyState === EventSource.CLOSED) { // refused: the page is asked for now and then
        close();
        watch = setTimeout(function () { heard = "?" + Date.now(); refresh(); open(); }, 20000);
      } else if (!failing) {
        failing = true;
        expect(4000);
      }
    };
  }

  function close() {
    clearTimeout(watch);
    if (source) { source.close(); source = null; }
  }

  setInterval(refresh, 1000);
  document.addEventListener("visibilitychange", function () { if (document.hidden) { close(); } else { open(); } });
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", open);
  open();
})();
