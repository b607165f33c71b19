// Shows how far the upload of a table and its import are. Without it both forms work as forms do.
(function () {
  "use strict";

  function show(form, key, done, of) {
    var box = form.querySelector(".progress");
    var bar = box.querySelector("progress");
    var text = box.getAttribute("data-" + key) || "";
    box.hidden = false;
    if (of > 0) { bar.max = of; bar.value = done; } else { bar.removeAttribute("value"); }
    box.querySelector("span").textContent = text.replace("{0}", done).replace("{1}", of);
  }

  function ready(form) {
    form.removeAttribute("data-sent");
    form.querySelectorAll("button").forEach(function (b) { b.disabled = false; });
  }

  function fail(form, sentence) {
    form.querySelector(".progress").hidden = true;
    var box = form.querySelector(".progress-error");
    box.textContent = sentence || box.getAttribute("data-lost");
    box.hidden = false;
    ready(form);
  }

  // upload sends the file and goes where the answer leads; a refused form comes back in place.
  function upload(form) {
    var request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.responseType = "document";
    request.upload.onprogress = function (event) {
      if (event.lengthComputable) { show(form, "uploading", Math.round(event.loaded * 100 / event.total), 100); }
    };
    request.upload.onload = function () { show(form, "reading", 0, 0); };
    request.onload = function () {
      if (request.status === 200 && request.responseURL) { location.assign(request.responseURL); return; }
      var main = request.response && request.response.querySelector("main");
      if (!main) { fail(form); return; }
      document.querySelector("main").replaceWith(document.adoptNode(main));
      var errors = document.querySelector(".errors");
      if (errors) { errors.focus(); }
    };
    request.onerror = function () { fail(form); };
    show(form, "uploading", 0, 100);
    request.send(new FormData(form));
  }

  // take imports the table and follows what the server tells line by line.
  function take(form) {
    show(form, "reading", 0, 0);
    var rest = "", over = false;
    function line(text) {
      if (!text) { return; }
      var told = JSON.parse(text);
      if (told.to) { over = true; location.assign(told.to); return; }
      if (told.error) { over = true; fail(form, told.error); return; }
      show(form, told.stage || "reading", told.done, told.of);
    }
    fetch(form.action, {
      method: "POST", headers: { Accept: "application/x-ndjson" }, body: new URLSearchParams(new FormData(form)), credentials: "same-origin"
    }).then(function (response) {
      if (!response.ok) { fail(form); return; }
      var reader = response.body.getReader(), decoder = new TextDecoder();
      return reader.read().then(function next(part) {
        rest += decoder.decode(part.value || new Uint8Array(), { stream: !part.done });
        var lines = rest.split("\n");
        rest = lines.pop();
        lines.forEach(line);
        if (!part.done) { return reader.read().then(next); }
        line(rest);
        if (!over) { fail(form); }
      });
    }).catch(function () { if (!over) { fail(form); } });
  }

  document.addEventListener("submit", function (event) {
    var form = event.target, how = form.getAttribute("data-progress");
    if (!how || event.defaultPrevented || !window.FormData || !window.fetch || !window.URLSearchParams) { return; }
    event.preventDefault();
    form.querySelector(".progress-error").hidden = true;
    if (how === "upload") { upload(form); } else { take(form); }
  });
})();
