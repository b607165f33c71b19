// Asks for a sign-in in place when the session has ended while somebody fills in a form: nothing that was
// typed or chosen leaves the page. Without it the server brings the form back by way of the sign-in page.
// Other scripts call window.dabiaoSession.ended when an answer says that nobody is signed in.
(function () {
  "use strict";
  var who = document.documentElement.getAttribute("data-who");
  if (!who || !window.fetch || !window.HTMLDialogElement || !HTMLFormElement.prototype.requestSubmit) { return; }

  var soon = 60000;        // a session that was there a minute ago is taken to be there
  var rest = 300000;       // whoever types after a pause of five is asked at the first key
  var seen = Date.now();   // when it was there last
  var typed = Date.now();  // when it was asked for, because of a key
  var asking = null;       // the question that is on its way
  var dialog = null, back = null;
  var known = null;        // what was said of who is signed in
  var after = [];          // what waits for the sign-in
  var touched = null;      // the form that was filled in last
  var passes = null;       // the form that may be sent now

  var base = document.documentElement.getAttribute("data-base") || "";
  function get(url, options) { return fetch(url, Object.assign({ credentials: "same-origin", cache: "no-store" }, options)); }

  // ask finds out who is signed in: calls on with true if it is who this page was made for, and otherwise
  // shows the dialog and calls it with false. A server that does not answer is no reason to stop anybody.
  function ask(on) {
    if (asking) { asking.push(on); return; }
    asking = [on];
    var over = window.AbortController ? new AbortController() : null;
    var late = setTimeout(function () { if (over) { over.abort(); } }, 5000);
    function tell(is) {
      var waiting = asking;
      clearTimeout(late);
      asking = null;
      waiting.forEach(function (each) { if (each) { each(is); } });
    }
    get(base + "/session", over ? { signal: over.signal } : {}).then(hear).then(tell, function () { tell(true); });
  }

  // hear reads the answer: who is signed in, or the sign-in page.
  function hear(answer) {
    if (!/json/.test(answer.headers.get("Content-Type") || "")) {
      return answer.text().then(function (html) { return !signIn(html); });
    }
    return answer.json().then(function (now) {
      known = now;
      if (now.who !== who) { other(now); return false; }
      seen = Date.now();
      refresh(now.csrf);
      return true;
    });
  }

  function refresh(token) {
    document.querySelectorAll("input[name=csrf]").forEach(function (input) { input.value = token; });
  }

  function box() {
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.className = "again";
      dialog.addEventListener("close", function () { if (back && document.contains(back)) { back.focus(); } });
      document.body.appendChild(dialog);
    }
    seen = 0;
    if (!dialog.open) {
      back = document.activeElement;
      dialog.showModal();
    }
    dialog.textContent = "";
    return dialog;
  }

  // signIn shows the form of a sign-in page; false if there is none.
  function signIn(html) {
    var form = new DOMParser().parseFromString(html, "text/html").querySelector("form[action$='/login']");
    if (!form) { return false; }
    form.querySelectorAll("[id]").forEach(function (e) { e.id = "again-" + e.id; });
    form.querySelectorAll("[for]").forEach(function (e) { e.htmlFor = "again-" + e.htmlFor; });
    form.querySelectorAll("[aria-describedby]").forEach(function (e) { e.setAttribute("aria-describedby", "again-" + e.getAttribute("aria-describedby")); });
    form.querySelector("h2").id = "again-title";
    form.elements.next.value = "/session";
    form.className = "";
    form = box().appendChild(document.adoptNode(form));
    dialog.setAttribute("aria-labelledby", "again-title");
    if (!form.elements.name.value) { form.elements.name.value = who; }
    form.elements.password.focus();
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      event.stopPropagation();
      var button = form.querySelector("button");
      button.disabled = true;
      get(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) }).then(hear).then(function (is) {
        if (is) { done(); }
      }).catch(function () { button.disabled = false; });
    });
    return true;
  }

  // done closes the dialog and says that nothing was lost, and nothing sent.
  function done() {
    var main = document.getElementById("main"), old = main.querySelector("[data-again]"), said = document.createElement("p");
    dialog.close();
    if (old) { old.remove(); }
    said.className = "strip strip-notice";
    said.setAttribute("role", "status");
    said.setAttribute("data-again", "");
    said.textContent = known.again;
    main.insertBefore(said, main.firstChild);
    after.splice(0).forEach(function (each) { each(); });
  }

  // me is the name of whom this page was made for.
  function me() { return document.querySelector(".menu-me summary").textContent.trim() || who; }

  // other says that somebody else is signed in. Their form is never sent by itself: it is opened in their
  // name with what was typed, which the server does without saving anything, or given up.
  function other(now) {
    var said = document.createElement("p"), actions = document.createElement("p");
    said.id = "again-title";
    said.textContent = now.other.replace("#", me());
    actions.className = "actions";
    box().append(said, actions);
    dialog.setAttribute("aria-labelledby", "again-title");
    function button(text, act, primary) {
      var b = document.createElement("button");
      b.type = "button";
      b.textContent = text;
      if (primary) { b.className = "primary"; }
      b.addEventListener("click", act);
      actions.appendChild(b);
      return b;
    }
    button(now.own.replace("#", me()), function () {
      get(base + "/logout", { method: "POST", body: new URLSearchParams({ csrf: now.csrf }) }).then(function (answer) { return answer.text(); }).then(signIn);
    }, true).focus();
    if (touched && document.contains(touched)) {
      button(now.carry, function () { dialog.close(); passes = touched; touched.requestSubmit(); });
    }
    button(now.leave, function () { location.reload(); });
  }

  document.addEventListener("input", function (event) {
    var form = event.target.form;
    if (!form || form.method !== "post" || dialog && dialog.contains(form)) { return; }
    touched = form;
    if (Date.now() - Math.max(seen, typed) > rest && !(dialog && dialog.open)) { typed = Date.now(); ask(); }
  });

  // A form waits until it is known who sends it; what is shown by a script of its own is sent after this.
  document.addEventListener("submit", function (event) {
    var form = event.target, by = event.submitter;
    if (form.method !== "post" || dialog && dialog.contains(form)) { return; }
    if (passes === form) { passes = null; return; }
    if (Date.now() - seen < soon || navigator.onLine === false || form.getAttribute("data-sent")) { return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    touched = form;
    ask(function (is) {
      if (!is) { return; }
      passes = form;
      form.requestSubmit(by && by.form === form ? by : undefined);
    });
  }, true);

  window.dabiaoSession = {
    // ended is told of an answer's status, and reports whether it means that the session has ended; then is
    // called once the same person is signed in again.
    ended: function (status, then) {
      if (status !== 401) { return false; }
      if (then) { after.push(then); }
      if (!(dialog && dialog.open)) { ask(); }
      return true;
    }
  };
})();
