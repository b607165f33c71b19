// Sends a form again that may be saved already: under the same key it counts once.
(function () {
  "use strict";
  document.querySelectorAll("form[data-send-again]").forEach(function (form) {
    form.querySelector("[role=status]").hidden = false;
    setTimeout(function () { form.submit(); }, 2000);
  });
})();
