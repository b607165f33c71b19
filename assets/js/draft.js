// Keeps what is typed on this device until it was sent: a closed window or a lost connection loses
// nothing. A draft is offered, never filled in by itself. Other scripts use window.dabiaoDraft.
(function () {
  "use strict";
  var root = document.documentElement;
  var who = (root.getAttribute("data-base") || "") + (root.getAttribute("data-who") || "");

  function at(name) { return "dabiao:" + who + ":" + name; }

  window.dabiaoDraft = {
    read: function (name) {
      try { return JSON.parse(localStorage.getItem(at(name))); } catch (e) { return null; }
    },
    write: function (name, values) {
      try { localStorage.setItem(at(name), JSON.stringify({ at: Date.now(), values: values })); } catch (e) { /* full or forbidden */ }
    },
    drop: function (name) {
      try { localStorage.removeItem(at(name)); } catch (e) { /* forbidden */ }
    },
    // sent is the key of the form that was sent last from this tab.
    sent: function (key) {
      try {
        if (key) { sessionStorage.setItem("dabiao:sent", key); }
        return sessionStorage.getItem("dabiao:sent");
      } catch (e) { return null; }
    },
    // sending remembers the draft of the form that is sent; saved drops it, once the server said that it was saved.
    sending: function (name) {
      try { sessionStorage.setItem("dabiao:sending", name); } catch (e) { /* forbidden */ }
    },
    saved: function () {
      try {
        var name = sessionStorage.getItem("dabiao:sending");
        sessionStorage.removeItem("dabiao:sending");
        if (name) { this.drop(name); }
      } catch (e) { /* forbidden */ }
    },
    // offer shows the words of template with two buttons before the form.
    offer: function (form, draft, yes, no) {
      var template = document.getElementById("draft-offer");
      if (!template || !draft) { return; }
      var box = template.content.cloneNode(true).firstElementChild;
      var when = new Date(draft.at);
      var two = function (n) { return (n < 10 ? "0" : "") + n; };
      box.querySelector("[data-of]").textContent = draft.values.of ? draft.values.of + " · " : "";
      box.querySelector("[data-when]").textContent = (when.getMonth() + 1) + "-" + two(when.getDate()) + " " + two(when.getHours()) + ":" + two(when.getMinutes());
      box.querySelector("[data-yes]").addEventListener("click", function () { box.remove(); yes(); });
      box.querySelector("[data-no]").addEventListener("click", function () { box.remove(); no(); });
      form.parentNode.insertBefore(box, form);
    }
  };
})();
