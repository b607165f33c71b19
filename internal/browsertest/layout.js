// What is wrong with the layout of a page: texts that lie over each other, texts cut off without a way to
// read them, cards and buttons that touch, and what makes the page wider than its window.
(() => {
  const found = [];
  const say = (what, ...texts) => { if (found.length < 12) { found.push(what + ": " + texts.map(t => t.trim().slice(0, 40)).join(" | ")); } };
  // over is what lies over the page by design while it scrolls.
  const over = e => { for (; e; e = e.parentElement) { if (/sticky|fixed/.test(getComputedStyle(e).position)) { return true; } } return false; };
  const seen = e => e.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !e.closest(".sr, .skip, .echarts-tooltip") && (e.closest(".bar") || !over(e));
  // clip leaves of a box what the boxes around it show.
  const clip = (box, e) => {
    for (let a = e; a && a !== document.body; a = a.parentElement) {
      const s = getComputedStyle(a);
      if (s.overflowX !== "visible" && s.display !== "inline") {
        const r = a.getBoundingClientRect();
        box = {left: Math.max(box.left, r.left), right: Math.min(box.right, r.right), top: Math.max(box.top, r.top), bottom: Math.min(box.bottom, r.bottom)};
      }
    }
    return box;
  };
  const boxes = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n; n = walk.nextNode();) {
    const e = n.parentElement;
    if (!n.data.trim() || e.closest("script, style, noscript, template, option, textarea") || !seen(e)) { continue; }
    const range = document.createRange(), size = parseFloat(getComputedStyle(e).fontSize);
    range.selectNodeContents(n);
    for (const r of range.getClientRects()) {
      const upright = getComputedStyle(e).writingMode === "horizontal-tb";
      const middle = (r.top + r.bottom) / 2, half = Math.min(upright ? r.height : r.width, size) / 2 - 1, centre = (r.left + r.right) / 2;
      const box = clip(upright ? {left: r.left + 1, right: r.right - 1, top: middle - half, bottom: middle + half}
        : {left: centre - half, right: centre + half, top: r.top + 1, bottom: r.bottom - 1}, e);
      if (box.right > box.left && box.bottom > box.top) { boxes.push({...box, n}); }
    }
  }
  boxes.sort((a, b) => a.top - b.top);
  boxes.forEach((a, i) => {
    for (let j = i + 1; j < boxes.length && boxes[j].top < a.bottom; j++) {
      const b = boxes[j];
      if (a.n !== b.n && a.left < b.right && b.left < a.right) { say("one text over another", a.n.data, b.n.data); }
    }
  });
  for (const e of document.querySelectorAll("main *")) {
    const s = getComputedStyle(e);
    if (s.overflowX === "hidden" && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1 && e.innerText && seen(e) && !e.title && !e.closest("[title]")) {
      say("cut off", e.innerText);
    }
  }
  // Of the bar a word is seen whole, or ends in an ellipsis (its menu says the whole), or stands elsewhere.
  for (const e of document.querySelectorAll(".bar a, .bar summary, .bar summary span, .bar button")) {
    if (!e.textContent.trim() || !seen(e) || e.title || e.closest("[title]") || parseFloat(getComputedStyle(e).fontSize) === 0 ||
      Array.from(e.parentElement.querySelectorAll("span")).concat(e).some(s => getComputedStyle(s).textOverflow === "ellipsis")) { continue; }
    const range = document.createRange();
    range.selectNodeContents(e);
    for (const r of range.getClientRects()) {
      const box = clip({left: r.left, right: r.right, top: r.top, bottom: r.bottom}, e);
      if (box.right - box.left > 1 && box.bottom - box.top > 1 && r.right - r.left > box.right - box.left + 2) { say("cut in the bar", e.textContent); }
    }
  }
  const parts = Array.from(document.querySelectorAll(".bar-in > :not(.switches), .switches > *")).filter(seen);
  parts.forEach((a, i) => {
    const p = a.getBoundingClientRect();
    for (const b of parts.slice(i + 1)) {
      const q = b.getBoundingClientRect();
      if (Math.min(p.right, q.right) - Math.max(p.left, q.left) > 1 && Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 1) {
        say("one part of the bar over another", a.className, b.className);
      }
    }
  });
  const blocks = Array.from(document.querySelectorAll("main .card, main .button, main button:not(.link)")).filter(seen);
  blocks.forEach((a, i) => {
    const p = a.getBoundingClientRect();
    for (const b of blocks.slice(i + 1)) {
      if (a.contains(b) || b.contains(a)) { continue; }
      const q = b.getBoundingClientRect();
      const across = Math.max(p.left, q.left) - Math.min(p.right, q.right), down = Math.max(p.top, q.top) - Math.min(p.bottom, q.bottom);
      if (across < 4 && down < 4) { say("they touch", a.innerText, b.innerText); }
    }
  });
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > wide) {
    for (const e of document.querySelectorAll("body *")) {
      const r = clip(e.getBoundingClientRect(), e.parentElement);
      if (r.right > wide + 1 && seen(e) && !Array.from(e.children).some(c => c.getBoundingClientRect().right > wide + 1)) {
        say("wider than the window by " + Math.round(r.right - wide), e.tagName + "." + e.getAttribute("class"), e.textContent);
      }
    }
    if (!found.some(f => f.startsWith("wider"))) { say("wider than the window", String(document.documentElement.scrollWidth)); }
  }
  return found;
})()
