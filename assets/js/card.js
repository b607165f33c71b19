// Makes the picture a PNG, which chat programs take, and puts it in the place of the SVG, so that it
// can be held and sent from a phone.
(function () {
  "use strict";
  var picture = document.getElementById("card"), link = document.getElementById("card-png");
  if (!picture || !link || !document.createElement("canvas").toDataURL) { return; }
  function draw() {
    picture.removeEventListener("load", draw);
    var canvas = document.createElement("canvas"), data;
    canvas.width = picture.naturalWidth;
    canvas.height = picture.naturalHeight;
    canvas.getContext("2d").drawImage(picture, 0, 0);
    try { data = canvas.toDataURL("image/png"); } catch (e) { return; } // a browser that does not let it be read keeps the SVG
    link.href = data;
    link.parentNode.hidden = false;
    picture.src = data;
  }
  // Saving it is noted, as saving the SVG is, whose file is asked for to that end.
  link.addEventListener("click", function () { fetch(link.getAttribute("data-noted"), { credentials: "same-origin" }); });
  if (picture.complete && picture.naturalWidth) { draw(); } else { picture.addEventListener("load", draw); }
})();
