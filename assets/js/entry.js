// Helps with the form for a new entry: says how a number is read while it is typed, asks about an
// unusual one before it is sent, shows another indicator as soon as it is chosen, keeps a draft.
(function () {
  "use strict";
  var drafts = window.dabiaoDraft;

  function ended(status, then) { return Boolean(window.dabiaoSession && window.dabiaoSession.ended(status, then)); }

  function preview(form) {
    var value = form.elements.value;
    var reads = form.querySelector("[data-reads]");
    var ask = form.querySelector("[data-ask]");
    if (!value || !reads) { return; }
    var waiting, last = value.value.trim();
    var after = form.querySelector("[data-after]");
    function show(answer) {
      if (after) { after.textContent = answer.after || ""; }
      reads.textContent = answer.text || "";
      reads.classList.toggle("wrong", !answer.value);
      if (!ask) { return; }
      var sure = ask.querySelector("input");
      ask.hidden = !answer.question;
      if (sure.value !== (answer.value || "")) { sure.checked = false; }
      sure.value = answer.value || "";
      ask.querySelector("[data-question]").textContent = answer.question || "";
    }
    function look() {
      var text = value.value.trim();
      if (text === last) { return; }
      last = text;
      if (!text) { show({}); reads.classList.remove("wrong"); return; }
      var q = new URLSearchParams({ indicator: form.getAttribute("data-indicator"), text: text, date: form.elements.date.value });
      if (form.elements.unit) { q.set("unit", form.elements.unit.value); }
      fetch(form.getAttribute("data-wording") + "?" + q, { headers: { "Accept-Language": document.documentElement.lang } })
        .then(function (r) { ended(r.status); return r.ok ? r.json() : null; })
        .then(function (answer) { if (answer && text === value.value.trim()) { show(answer); } })
        .catch(function () { /* offline: the server says the same when it is sent */ });
    }
    value.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(look, 250); });
  }

  function switching(form) {
    var button = form.querySelector("[data-switch-button]");
    if (!button) { return; }
    button.hidden = true;
    form.querySelectorAll("[data-switch]").forEach(function (select) {
      select.addEventListener("change", function () { show(form, select.id, button); });
    });
  }

  // show puts the form for what was chosen in the place of this one, with what was typed and the files
  // that were picked. Where that fails the page is sent as it is without scripts.
  var asked = 0;
  function show(form, chosen, button) {
    var mine = ++asked, body = new FormData(form);
    body.delete("evidence");
    body.set("switch", "1");
    fetch(form.getAttribute("action"), { method: "POST", body: body, credentials: "same-origin" }).then(function (answer) {
      if (ended(answer.status, function () { show(form, chosen, button); })) { asked++; }
      if (!answer.ok) { throw new Error(String(answer.status)); }
      return answer.text();
    }).then(function (html) {
      if (mine !== asked) { return; }
      var fresh = new DOMParser().parseFromString(html, "text/html").querySelector(".entry");
      var next = fresh && fresh.querySelector("form[data-wording]");
      if (!next) { throw new Error("no form"); }
      form.querySelectorAll("input[type=file]").forEach(function (files) {
        var place = files.files.length > 0 && fresh.querySelector("#" + files.id);
        if (place) { place.replaceWith(files); }
      });
      form.closest(".entry").replaceWith(document.adoptNode(fresh));
      start(next);
      document.getElementById(chosen).focus();
    }).catch(function () { if (mine === asked) { button.click(); } });
  }

  // dating puts a month that is late or due into the form, without leaving it.
  function dating(form) {
    var button = form.querySelector("[data-switch-button]"), entry = form.closest(".entry");
    if (!button || !entry) { return; }
    entry.querySelectorAll("a[data-day]").forEach(function (link) {
      link.addEventListener("click", function (event) {
        event.preventDefault();
        form.elements.date.value = link.getAttribute("data-day");
        show(form, "f-value", button);
      });
    });
  }

  // fields are what a draft keeps: the key too, so that an entry that did arrive is not logged twice.
  var fields = ["indicator", "unit", "date", "value", "note", "key"];

  function typed(form) {
    var out = {};
    fields.forEach(function (name) { if (form.elements[name]) { out[name] = form.elements[name].value; } });
    var chosen = form.querySelector("select[name=indicator]");
    if (chosen && chosen.selectedIndex >= 0) { out.of = chosen.options[chosen.selectedIndex].text; }
    var level = form.querySelector("[name=level]:checked");
    if (level) { out.level = level.value; }
    return out;
  }

  function restore(form, values) {
    var unit = form.elements.unit && form.elements.unit.value;
    fields.forEach(function (name) {
      if (form.elements[name] && values[name] !== undefined) { form.elements[name].value = values[name]; }
    });
    if (values.level) {
      var level = form.querySelector("[name=level][value=" + CSS.escape(values.level) + "]");
      if (level) { level.checked = true; }
    }
    if (values.unit !== undefined && form.elements.unit && values.unit !== unit) {
      form.querySelector("[data-switch-button]").click();
      return;
    }
    if (form.elements.value) { form.elements.value.dispatchEvent(new Event("input", { bubbles: true })); }
  }

  function keep(form) {
    // A draft is of one indicator: on the form of another it would be somebody else's figure.
    var name = form.getAttribute("data-draft");
    if (!name || !form.getAttribute("data-indicator")) { return; }
    name += ":" + form.getAttribute("data-indicator");
    var draft = drafts.read(name);
    var mine = draft && draft.values.key === form.elements.key.value; // a refused form holds it already
    var offered = draft && !mine;
    if (offered) {
      drafts.offer(form, draft, function () { offered = false; restore(form, draft.values); }, function () { offered = false; drafts.drop(name); });
    }
    form.addEventListener("input", function () { if (!offered) { drafts.write(name, typed(form)); } });
    form.addEventListener("submit", function (event) {
      if (!event.submitter || event.submitter.name !== "switch") { drafts.sending(name); }
      if (navigator.onLine !== false) { return; }
      event.preventDefault();
      event.stopPropagation();
      if (!offered) { drafts.write(name, typed(form)); }
      form.querySelector("[data-offline]").hidden = false;
    });
  }

  function start(form) {
    preview(form);
    switching(form);
    dating(form);
    keep(form);
  }

  if (drafts && document.querySelector("[data-saved]")) { drafts.saved(); }
  document.querySelectorAll("form[data-wording]").forEach(start);
})();
