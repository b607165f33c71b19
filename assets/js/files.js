// Says that files are larger than the server takes when they are chosen, and does not send them: what a server
// answers in the middle of an upload, browsers do not show.
(function () {
  "use strict";
  var million = 1 << 20;

  // wrong returns the sentence for what is chosen in a field's form; "" if the server takes it.
  function wrong(limits) {
    var each = Number(limits.getAttribute("data-each")), all = 0, large;
    limits.closest("form").querySelectorAll("input[type=file]").forEach(function (input) {
      Array.prototype.forEach.call(input.files, function (file) {
        all += file.size;
        if (file.size > each * million) { large = large || file.name; }
      });
    });
    if (large) { return limits.getAttribute("data-each-says").replace("{0}", function () { return large; }); }
    if (all <= Number(limits.getAttribute("data-all")) * million) { return ""; }
    return limits.getAttribute("data-all-says").replace("{0}", function () { return (all / million).toFixed(1); });
  }

  // check shows the sentence, which is read out, and reports whether the form may be sent.
  function check(form) {
    var limits = form.querySelector("[data-each-says]"), says = limits ? wrong(limits) : "";
    if (!limits) { return true; }
    limits.textContent = says;
    limits.className = says ? "error" : "";
    limits.hidden = !says;
    return !says;
  }

  document.addEventListener("change", function (event) {
    if (event.target.type === "file" && event.target.form) { check(event.target.form); }
  });
  // First of all, so that nobody takes the form for sent.
  window.addEventListener("submit", function (event) {
    if (event.submitter && event.submitter.name === "switch" || check(event.target)) { return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    event.target.querySelector("input[type=file]").focus();
  }, true);
})();
