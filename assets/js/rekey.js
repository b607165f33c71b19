// Adds copying to the re-key page: a click on a cell copies it, a click on a column's head copies the
// column, and a tick is kept at once. Without it the text can be selected and the ticks are saved with
// the button.
(function () {
  "use strict";
  var form = document.querySelector("[data-rekey]");
  if (!form) { return; }
  var status = form.querySelector("[data-count]");

  function say(text) { status.textContent = text; }

  function copy(text, from) {
    if (!navigator.clipboard) { say(form.dataset.failed); return; }
    navigator.clipboard.writeText(text).then(function () {
      say(form.dataset.copied.replace("{0}", text.split("\n").length > 1 ? from.textContent.trim() : text));
      from.classList.add("copied");
      setTimeout(function () { from.classList.remove("copied"); }, 800);
    }, function () { say(form.dataset.failed); });
  }

  // What is below a head in its table and column, empty cells too, so that lines stay in step.
  function column(head) {
    var out = [], seen = false, row = head.closest("tr");
    head.closest("table").querySelectorAll("tr").forEach(function (tr) {
      if (tr === row) { seen = true; return; }
      if (!seen) { return; }
      var cell = tr.querySelector('[data-cell="' + head.dataset.head + '"]');
      if (cell) { out.push(cell.textContent.trim()); }
    });
    return out.join("\n");
  }

  function button(cell, label, act) {
    cell.tabIndex = 0;
    cell.title = label;
    cell.classList.add("copies");
    cell.addEventListener("click", function () { if (!String(getSelection())) { act(); } });
    cell.addEventListener("keydown", function (event) {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); act(); }
    });
  }

  form.querySelectorAll("[data-cell]").forEach(function (cell) {
    if (cell.textContent.trim()) { button(cell, form.dataset.copy, function () { copy(cell.textContent.trim(), cell); }); }
  });
  form.querySelectorAll("[data-head]").forEach(function (head) {
    if (head.textContent.trim() && column(head)) { button(head, form.dataset.column, function () { copy(column(head), head); }); }
  });

  form.addEventListener("change", function (event) {
    var box = event.target;
    if (box.name !== "done") { return; }
    var body = new URLSearchParams();
    body.set("csrf", form.elements.csrf.value);
    body.set(box.checked ? "done" : "was", box.value);
    fetch(form.action, { method: "POST", body: body, redirect: "manual", credentials: "same-origin" }).then(function (answer) {
      if (window.dabiaoSession) { window.dabiaoSession.ended(answer.status); }
      if (answer.type !== "opaqueredirect" && !answer.ok) { throw new Error(answer.status); }
      box.closest("tr").classList.toggle("done", box.checked);
    }).catch(function () { box.checked = !box.checked; say(form.dataset.failed); });
  });
  var submit = form.querySelector(".actions");
  if (submit) { submit.hidden = true; }
})();
