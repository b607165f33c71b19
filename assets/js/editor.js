// The report's editor: figures are inserted at the cursor, found while typing, and the text is kept
// as a draft and previewed by the server. Without this script the page's buttons do the same.
(function () {
  "use strict";
  var search = document.getElementById("figure-q");
  var list = document.querySelector(".figure-list");
  if (search && list) {
    search.addEventListener("input", function () {
      var typed = search.value.trim().toLowerCase();
      var shown = 0;
      list.querySelectorAll("details").forEach(function (row) {
        var hit = !typed || row.getAttribute("data-words").indexOf(typed) >= 0;
        row.hidden = !hit;
        if (hit) { shown++; }
      });
      list.querySelector("[data-none]").hidden = shown > 0;
    });
  }

  var editor = document.querySelector("[data-editor]");
  var form = document.getElementById("editor-form");
  var text = form && form.elements.text;
  if (!editor || !text || text.readOnly) { return; }
  if (search) { search.form.addEventListener("submit", function (e) { e.preventDefault(); }); }

  editor.addEventListener("click", function (e) {
    var button = e.target.closest("[data-insert]");
    if (!button) { return; }
    text.focus();
    text.setRangeText(button.getAttribute("data-insert"), text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  });

  var timer, busy = false, again = false, kept = text.value;

  // keep sends the text as a draft and shows how it will print.
  function keep() {
    if (busy) { again = true; return; }
    if (text.value === kept) { return; }
    var sent = text.value;
    var body = new URLSearchParams(new FormData(form));
    body.set("action", "preview");
    busy = true;
    fetch(form.getAttribute("action"), { method: "POST", body: body, credentials: "same-origin", redirect: "manual" }).then(function (answer) {
      if (window.dabiaoSession && window.dabiaoSession.ended(answer.status, keep)) { return null; }
      if (answer.status !== 200 && answer.status !== 422) { throw new Error(String(answer.status)); }
      return answer.text();
    }).then(function (html) {
      if (html === null) { return; }
      var page = new DOMParser().parseFromString(html, "text/html");
      ["preview", "editor-notes"].forEach(function (id) {
        var fresh = page.getElementById(id);
        if (fresh) { document.getElementById(id).replaceChildren.apply(document.getElementById(id), Array.from(fresh.childNodes)); }
      });
      var mistakes = page.getElementById("editor-mistakes");
      if (mistakes) { note(mistakes.textContent.trim()); } else { kept = sent; document.dispatchEvent(new Event("dabiao:kept")); }
    }).catch(function () {
      note(editor.getAttribute("data-offline"));
    }).then(function () {
      busy = false;
      if (again) { again = false; keep(); }
    });
  }

  function note(words) {
    var p = document.createElement("p");
    p.className = "hint warn";
    p.textContent = words;
    document.getElementById("editor-notes").replaceChildren(p);
  }

  text.addEventListener("input", function () {
    clearTimeout(timer);
    timer = setTimeout(keep, 900);
  });
  text.addEventListener("blur", keep);
})();
