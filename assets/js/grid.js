// Makes the grid behave like a sheet: arrows, Tab, Enter and Esc, pasting a block, undo, the state of
// each cell, and a draft on this device. Without it the grid is a plain form.
(function () {
  "use strict";
  var form = document.querySelector("form[data-grid]");
  if (!form) { return; }
  var drafts = window.dabiaoDraft;
  var table = form.querySelector("table.grid");
  var said = form.querySelector("[data-said]");
  var help = form.querySelector("[data-help]");
  help.textContent = help.getAttribute("data-help");

  // rows are the cells as they stand: one with a field can be filled in.
  var rows = Array.prototype.map.call(table.tBodies[0].rows, function (tr, r) {
    return Array.prototype.map.call(tr.querySelectorAll("td.cell"), function (td, c) {
      var cell = { td: td, input: td.querySelector("input"), state: td.querySelector("[data-state]"), r: r, c: c };
      cell.word = cell.state.textContent;
      td.gridCell = cell;
      if (cell.input) { cell.before = cell.input.value; } else { td.tabIndex = -1; }
      return cell;
    });
  });
  var all = [].concat.apply([], rows);
  var fields = all.filter(function (cell) { return cell.input; });

  function say(name, values) {
    var text = said.getAttribute("data-" + name);
    (values || []).forEach(function (v, i) { text = text.split("{" + i + "}").join(v); });
    return text;
  }
  function changed(cell) { return cell.input.value.trim() !== cell.input.getAttribute("data-shown"); }
  function count() { return fields.filter(changed).length; }
  function tell(text) {
    var n = count();
    said.textContent = (text ? text + " " : "") + (n ? say("changed", [n]) : "");
  }

  // mark shows the state of a cell: its own word, or that it is not saved.
  function mark(cell) {
    var is = changed(cell);
    cell.td.classList.toggle("changed", is);
    cell.td.classList.remove("wrong");
    cell.input.removeAttribute("aria-invalid");
    cell.state.textContent = is ? say("unsaved") : cell.input.defaultValue === cell.input.getAttribute("data-shown") ? cell.word : "";
    check(cell);
  }

  // check asks how a number that is no plain one is read, and shows what is wrong with it.
  var plain = /^\d+(\.\d+)?$|^\d{1,3}(,\d{3})+(\.\d+)?$/;
  function check(cell) {
    var text = cell.input.value.trim();
    if (!changed(cell) || !text || plain.test(text)) { return; }
    var part = cell.input.name.split(":");
    var q = new URLSearchParams({ indicator: part[2], unit: part[1], text: text });
    fetch((document.documentElement.getAttribute("data-base") || "") + "/api/v1/wording?" + q, { headers: { "Accept-Language": document.documentElement.lang } })
      .then(function (r) {
        if (window.dabiaoSession) { window.dabiaoSession.ended(r.status); }
        return r.ok ? r.json() : null;
      })
      .then(function (answer) {
        if (!answer || cell.input.value.trim() !== text) { return; }
        if (answer.value) { cell.state.textContent = answer.text; return; }
        cell.td.classList.add("wrong");
        cell.input.setAttribute("aria-invalid", "true");
        cell.state.textContent = answer.text;
      })
      .catch(function () { /* offline: the server says the same when it is saved */ });
  }

  // Undo: each step is the cells it changed with what they held.
  var steps = [], undone = [];
  function put(changes, to) {
    changes.forEach(function (x) {
      x.cell.input.value = x[to];
      x.cell.before = x[to];
      mark(x.cell);
    });
    keep();
  }
  function step(changes) {
    if (!changes.length) { return; }
    steps.push(changes);
    undone = [];
    put(changes, "after");
  }
  function commit(cell) {
    if (cell.input.value === cell.before) { return; }
    step([{ cell: cell, before: cell.before, after: cell.input.value }]);
    tell();
  }
  function undo(from, to, which) {
    var changes = from.pop();
    if (!changes) { tell(say("nothing")); return; }
    to.push(changes);
    put(changes, which);
    said.textContent = say("undone", [count()]);
    focus(changes[0].cell);
  }

  function focus(cell) {
    if (!cell) { return; }
    if (cell.input) { cell.input.focus(); cell.input.select(); } else { cell.td.focus(); }
  }
  function at(r, c) { return rows[r] && rows[r][c]; }

  var editing = false; // arrows move within the text once something was typed into it
  table.addEventListener("focusin", function (event) {
    editing = false;
    if (event.target.tagName === "INPUT") { event.target.select(); }
  });
  table.addEventListener("focusout", function (event) {
    var cell = event.target.parentNode.gridCell;
    if (cell && cell.input) { commit(cell); }
  });
  table.addEventListener("input", function () { editing = true; });
  table.addEventListener("dblclick", function () { editing = true; });

  table.addEventListener("keydown", function (event) {
    var td = event.target.closest("td.cell");
    var cell = td && td.gridCell;
    if (!cell || event.altKey) { return; }
    var key = event.key;
    if (event.ctrlKey || event.metaKey) {
      if (key.toLowerCase() === "z" || key.toLowerCase() === "y") {
        event.preventDefault();
        if (cell.input) { commit(cell); }
        if (key.toLowerCase() === "y" || event.shiftKey) { undo(undone, steps, "after"); } else { undo(steps, undone, "before"); }
      }
      return;
    }
    var move = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [event.shiftKey ? -1 : 1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key];
    if (key === "F2") { editing = true; event.preventDefault(); return; }
    if (key === "Escape" && cell.input) {
      cell.input.value = cell.before;
      editing = false;
      cell.input.select();
      event.preventDefault();
      return;
    }
    if (!move || key === "Enter" && event.target.tagName === "A" || editing && move[1]) { return; }
    event.preventDefault();
    if (cell.input) { commit(cell); }
    focus(at(cell.r + move[0], cell.c + move[1]));
  });

  // Enter never sends the form from a cell.
  table.addEventListener("keypress", function (event) {
    if (event.key === "Enter" && event.target.tagName === "INPUT") { event.preventDefault(); }
  });

  // What a spreadsheet puts on the clipboard: rows of cells between tabs. A cell that holds a line
  // break or a tab stands in quotes, those within doubled; other quotes are what they are.
  function pasted(text) {
    var cell = /"((?:[^"]|"")*)"(?=[\t\n]|$)|[^\t\n]*/y, block = [[]];
    for (var from = 0; ; from = cell.lastIndex + 1) {
      cell.lastIndex = from;
      var found = cell.exec(text);
      cell.lastIndex = from + found[0].length;
      var value = found[1] === undefined ? found[0] : found[1].replace(/""/g, '"');
      block[block.length - 1].push(value.replace(/\s+/g, " ").trim());
      if (cell.lastIndex >= text.length) { return block; }
      if (text[cell.lastIndex] === "\n") { block.push([]); }
    }
  }

  table.addEventListener("paste", function (event) {
    var start = event.target.closest("td.cell").gridCell;
    var text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
    if (text.indexOf("\t") < 0 && text.indexOf("\n") < 0 && start.input) { return; }
    event.preventDefault();
    var changes = [], skipped = Object.create(null);
    function skip(why) { skipped[why] = (skipped[why] || 0) + 1; }
    pasted(text).forEach(function (line, i) {
      line.forEach(function (value, j) {
        var cell = at(start.r + i, start.c + j);
        if (!cell) { skip(say("outside")); return; }
        if (!cell.input) { skip(cell.td.getAttribute("data-why") || "—"); return; }
        changes.push({ cell: cell, before: cell.before, after: value });
      });
    });
    step(changes);
    var reasons = Object.keys(skipped), n = 0;
    reasons.forEach(function (why) { n += skipped[why]; });
    tell(say("pasted", [changes.length]) + (n ? say("skipped", [n, reasons.map(function (why) { return why + " " + skipped[why]; }).join(", ")]) : "") + say("stop"));
    focus(start);
  });

  // The draft: what is changed, by cell, with the key under which it would be saved once.
  var name = form.getAttribute("data-grid");
  var offered = false;
  function keep() {
    if (offered) { return; }
    var cells = Object.create(null);
    fields.filter(changed).forEach(function (cell) { cells[cell.td.getAttribute("data-cell")] = cell.input.value; });
    if (Object.keys(cells).length) { drafts.write(name, { key: form.elements.key.value, reason: form.elements.reason.value, cells: cells }); } else { drafts.drop(name); }
  }
  function restore(values) {
    var changes = [];
    fields.forEach(function (cell) {
      var text = values.cells[cell.td.getAttribute("data-cell")];
      if (text !== undefined) { changes.push({ cell: cell, before: cell.before, after: text }); }
    });
    form.elements.reason.value = values.reason || "";
    step(changes);
    tell();
  }
  var draft = drafts.read(name);
  if (draft && draft.values.key === drafts.sent() && document.querySelector("[data-saved]")) {
    drafts.drop(name);
    draft = null;
  }
  fields.forEach(function (cell) { if (changed(cell) && !cell.td.classList.contains("wrong")) { mark(cell); } });
  if (draft && draft.values.key !== form.elements.key.value) {
    offered = true;
    drafts.offer(form, draft, function () { offered = false; restore(draft.values); }, function () { offered = false; drafts.drop(name); });
  }
  form.elements.reason.addEventListener("input", keep);
  form.addEventListener("submit", function () {
    fields.forEach(commit);
    drafts.sent(form.elements.key.value);
  });
  tell();
})();
