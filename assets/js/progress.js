// Shows how far the upload of a table, its import, and a log written into a file are. Without it forms
// and downloads work as they do.
(function () {
  "use strict";

  function grouped(number) { return String(number).replace(/\B(?=(\d{3})+$)/g, ","); }

  function show(form, key, done, of, percent) {
    var box = form.querySelector(".progress");
    var bar = box.querySelector("progress");
    var text = box.getAttribute("data-" + key) || "";
    box.hidden = false;
    if (percent !== undefined) { bar.value = percent; } else if (of > 0) { bar.max = of; bar.value = done; } else { bar.removeAttribute("value"); }
    box.querySelector("span").textContent = text.replace("{0}", grouped(done)).replace("{1}", percent === undefined ? grouped(of) : percent);
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
      var waits = request.getResponseHeader("Refresh"); // a page that says how many files are read before
      if ((request.status === 200 || waits) && request.responseURL) { location.assign(request.responseURL); return; }
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

  // follow hands out what an answer tells, line by line; then it calls end.
  function follow(url, options, told, end) {
    var rest = "";
    function line(text) { if (text) { told(JSON.parse(text)); } }
    options.credentials = "same-origin";
    options.headers = { Accept: "application/x-ndjson" };
    fetch(url, options).then(function (response) {
      if (!response.ok) { end(); return; }
      var reader = response.body.getReader(), decoder = new TextDecoder();
      return reader.read().then(function next(part) {
        rest += decoder.decode(part.value || new Uint8Array(), { stream: !part.done });
        var lines = rest.split("\n");
        rest = lines.pop();
        lines.forEach(line);
        if (!part.done) { return reader.read().then(next); }
        line(rest);
        end();
      });
    }).catch(end);
  }

  // take imports the table and follows how far that is.
  function take(form) {
    var over = false;
    show(form, "reading", 0, 0);
    follow(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) }, function (told) {
      if (told.to) { over = true; location.assign(told.to); return; }
      if (told.error) { over = true; fail(form, told.error); return; }
      show(form, told.stage || "reading", told.done, told.of);
    }, function () { if (!over) { fail(form); } });
  }

  // watch follows a log that is being written.
  function watch(box) {
    var over = false;
    follow(box.getAttribute("data-watch"), {}, function (told) {
      if (told.error) { over = true; fail(box, told.error); return; }
      over = told.stage === "done" || told.stage === "unknown";
      show(box, told.stage, told.done, 0, told.percent);
    }, function () { if (!over) { fail(box); } });
  }
  if (window.fetch && window.TextDecoder) { document.querySelectorAll("[data-watch]").forEach(watch); }

  document.addEventListener("submit", function (event) {
    var form = event.target, how = form.getAttribute("data-progress");
    if (!how || event.defaultPrevented || !window.FormData || !window.fetch || !window.URLSearchParams) { return; }
    event.preventDefault();
    form.querySelector(".progress-error").hidden = true;
    if (how === "upload") { upload(form); } else { take(form); }
  });
})();
