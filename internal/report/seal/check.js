// Recomputes the figures of a sealed package from its entries, and the SHA-256 of its files. It needs no network, no
// library and no server. Amounts are whole millionths, rates whole hundredths of a percent, as in the program that
// signed them; quotients are kept as fractions until they are printed.
(function () {
  "use strict";
  var W = JSON.parse(text("words"));
  var map = function () { return Object.create(null); }; // without the words that every object knows
  var $ = function (id) { return document.getElementById(id); };

  function text(id) { return document.getElementById(id).textContent; }
  function say(key) {
    var args = arguments;
    return W[key].replace(/\{(\d)\}/g, function (_, n) { return String(args[+n + 1]); });
  }

  // --- SHA-256 (FIPS 180-4), fed piece by piece -----------------------------------------------------------------
  var K = [];
  (function () {
    function frac(x) { return ((x - Math.floor(x)) * 4294967296) | 0; }
    for (var n = 2; K.length < 64; n++) {
      var prime = true;
      for (var f = 2; f * f <= n; f++) { if (n % f === 0) { prime = false; break; } }
      if (prime) K.push(frac(Math.pow(n, 1 / 3)));
    }
  })();
  function Sum() {
    this.h = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
    this.rest = new Uint8Array(64); this.held = 0; this.length = 0; this.w = new Int32Array(64);
  }
  Sum.prototype.block = function (b, at) {
    var w = this.w, h = this.h, i, x, y;
    for (i = 0; i < 16; i++) w[i] = b[at + 4 * i] << 24 | b[at + 4 * i + 1] << 16 | b[at + 4 * i + 2] << 8 | b[at + 4 * i + 3];
    for (; i < 64; i++) {
      x = w[i - 15]; y = w[i - 2];
      w[i] = w[i - 16] + w[i - 7] + ((x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3) +
        ((y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ y >>> 10) | 0;
    }
    var A = h[0], B = h[1], C = h[2], D = h[3], E = h[4], F = h[5], G = h[6], H = h[7];
    for (i = 0; i < 64; i++) {
      x = H + ((E >>> 6 | E << 26) ^ (E >>> 11 | E << 21) ^ (E >>> 25 | E << 7)) + (E & F ^ ~E & G) + K[i] + w[i] | 0;
      y = ((A >>> 2 | A << 30) ^ (A >>> 13 | A << 19) ^ (A >>> 22 | A << 10)) + (A & B ^ A & C ^ B & C) | 0;
      H = G; G = F; F = E; E = D + x | 0; D = C; C = B; B = A; A = x + y | 0;
    }
    h[0] = h[0] + A | 0; h[1] = h[1] + B | 0; h[2] = h[2] + C | 0; h[3] = h[3] + D | 0;
    h[4] = h[4] + E | 0; h[5] = h[5] + F | 0; h[6] = h[6] + G | 0; h[7] = h[7] + H | 0;
  };
  Sum.prototype.add = function (b) {
    var at = 0;
    this.length += b.length;
    while (at < b.length) {
      if (this.held === 0 && b.length - at >= 64) { this.block(b, at); at += 64; continue; }
      var n = Math.min(64 - this.held, b.length - at);
      this.rest.set(b.subarray(at, at + n), this.held);
      this.held += n; at += n;
      if (this.held === 64) { this.block(this.rest, 0); this.held = 0; }
    }
  };
  Sum.prototype.hex = function () {
    var bytes = this.length, end = new Uint8Array((this.held < 56 ? 64 : 128) - this.held), n = end.length;
    end[0] = 0x80;
    for (var i = 0, l = bytes * 8; i < 8; i++) { end[n - 1 - i] = l % 256; l = Math.floor(l / 256); }
    this.add(end);
    return this.h.map(function (x) { return ("0000000" + (x >>> 0).toString(16)).slice(-8); }).join("");
  };
  function utf8(s) {
    var raw = unescape(encodeURIComponent(s)), b = new Uint8Array(raw.length);
    for (var i = 0; i < raw.length; i++) b[i] = raw.charCodeAt(i);
    return b;
  }
  function sumOf(bytes) { var s = new Sum(); s.add(bytes); return s.hex(); }

  // --- exact numbers ---------------------------------------------------------------------------------------------
  var big = window.BigInt, ZERO, MILLION;
  function amount(s) { // a decimal string in millionths
    var minus = s.charAt(0) === "-", p = (minus ? s.slice(1) : s).split(".");
    if (!/^\d+$/.test(p[0]) || p.length > 2 || p.length === 2 && !/^\d{1,6}$/.test(p[1])) throw new Error(s);
    var n = big(p[0] + ((p[1] || "") + "000000").slice(0, 6));
    return minus ? -n : n;
  }
  function decimal(n) {
    var minus = n < ZERO, s = String(minus ? -n : n);
    while (s.length < 7) s = "0" + s;
    var whole = s.slice(0, -6), rest = s.slice(-6).replace(/0+$/, "");
    return (minus ? "-" : "") + whole + (rest ? "." + rest : "");
  }
  function abs(n) { return n < ZERO ? -n : n; }
  function Q(n, d) { return d < ZERO ? { n: -n, d: -d } : { n: n, d: d }; }
  function cmp(q, n, d) { var a = q.n * d, b = n * q.d; return a < b ? -1 : a > b ? 1 : 0; } // d > 0
  function round(q) { // half away from zero
    var r = (abs(q.n) * big(2) + q.d) / (q.d * big(2));
    return q.n < ZERO ? -r : r;
  }
  function times(a, n, d) { return round(Q(a * big(n), big(d))); }

  // percent prints a quotient in hundredths of a percent: never over a threshold that it has not reached.
  function percent(q, sign, rules) {
    var scale = big(10000), p = Number(round(Q(q.n * scale, q.d))), side = cmp(q, big(p), scale);
    if (side < 0 && rules.thresholds.indexOf(p) >= 0) return p - 1;
    if (side > 0 && p === 10000 && [">", "=", "<=", "<"].indexOf(sign) >= 0) return p + 1;
    if (p === 10000 && side < 0) return p - 1;
    if (p === -10000 && side > 0) return p + 1;
    return p;
  }
  // printed rounds a quotient to the figure's decimals, on its own side of the target and of the whole.
  function printed(q, f) {
    var step = big(1), i;
    for (i = f.decimals; i < 6; i++) step *= big(10);
    var a = round(Q(q.n * MILLION, q.d * step)) * step, t = f.target && amount(f.target.amount);
    if (f.target) {
      var order = cmp(q, t, MILLION), above = [">", "=", "<=", "<"].indexOf(f.target.sign) >= 0;
      if (order < 0 && a >= t || order === 0 && a > t) a -= step;
      else if (order > 0 && (a < t || a === t && above) || order === 0 && a < t) a += step;
    }
    if (f.most && a >= amount(f.most) && cmp(q, amount(f.most), MILLION) < 0) a = amount(f.most) - step;
    return a;
  }

  // bound says on which side of a printed number the true one lies: -1 it is at least the printed one, 1 at most, 0 neither
  // is known, or both are the same.
  function bound(own, divisor, ceiling) {
    var d = divisor || { near: 0, below: 0, atLeast: 0 };
    var near = own.near + d.near, below = own.below + d.below, atLeast = own.atLeast + d.atLeast;
    if (!near || near > below + atLeast || atLeast && below && !ceiling || divisor && below) return 0;
    return ceiling || below ? 1 : -1;
  }
  // aside is the step by which a rounded number that bounds the true one is moved to its own side.
  function aside(side, exact) { return side === -1 && exact < 0 || side === 1 && exact > 0 ? exact : 0; }
  function percentBounding(q, sign, rules, side) {
    var p = percent(q, sign, rules), moved = p + aside(side, cmp(q, big(p), big(10000)));
    if (moved > p && (moved === 10000 || rules.thresholds.indexOf(moved) >= 0)) return p;
    if (moved < p && moved === 10000 && [">", "=", "<=", "<"].indexOf(sign) >= 0) return p;
    return moved;
  }
  function printedBounding(q, f, side) {
    var a = printed(q, f), moved = a + step(f) * big(aside(side, cmp(q, a, MILLION)));
    return f.target && moved === amount(f.target.amount) ? a : moved;
  }

  // --- the arithmetic --------------------------------------------------------------------------------------------
  // tally puts the entries of one side together: sums for flows and money, else each unit's last reading.
  function tally(side, data, entries) {
    var parts = map(), rows = [], out = { amount: ZERO, count: 0, last: "", level: "", near: 0, below: 0, atLeast: 0, ended: 0, room: ZERO, vague: false };
    side.parts.forEach(function (p) { parts[p.code] = p; });
    var below = (side.kind === "flow" || side.kind === "money" || side.kind === "running") && side.units_rule !== "own";
    var end = data.year + "-" + ("0" + data.as_of.month).slice(-2) + "-31";
    entries.forEach(function (e) {
      if (parts[e.indicator] && (below || e.unit === data.unit) && e.dated <= end) rows.push(e);
    });
    if (side.kind !== "flow" && side.kind !== "money") {
      var held = map();
      rows.forEach(function (e) {
        var key = e.unit + " " + e.indicator, h = held[key];
        if (!h || h.dated < e.dated || h.dated === e.dated && h.id < e.id) held[key] = e;
      });
      rows = Object.keys(held).map(function (k) { return held[k]; });
    }
    rows.forEach(function (e) {
      var p = parts[e.indicator], a = times(amount(e.amount), p.times, p.per);
      if (side.units_rule === "highest" ? out.count === 0 || a > out.amount
        : side.units_rule === "lowest" ? out.count === 0 || a < out.amount : false) out.amount = a;
      else if (side.units_rule !== "highest" && side.units_rule !== "lowest") out.amount += a;
      out.count++;
      if (e.dated > out.last) out.last = e.dated;
      if (e.precision) near(out, e, a, p, side);
      out.level = e.level || "";
    });
    return out;
  }
  // near counts an approximate entry: 近200 is just under, 200余 has room up to 299, 200以上 has no end.
  function near(out, e, a, p, side) {
    out.near++;
    if (e.precision === "below") out.below++;
    else if (e.precision === "at_least") {
      out.atLeast++;
      if (e.most) { out.ended++; out.room += amount(e.most) - a; }
    }
    // the highest of approximate readings, and their conversion, round in ways that are not told again here
    if (side.units_rule === "highest" || side.units_rule === "lowest" || p.times !== p.per) out.vague = true;
  }
  function least(t, step) { return t.amount - step * big(t.below); }
  function most(t, step) { return { amount: least(t, step) + t.room, known: t.ended === t.atLeast }; }
  // sure is the bound of a tally that counts: under a ceiling the largest value that it can have, else the smallest.
  function sure(t, step, ceiling) { return ceiling ? most(t, step) : { amount: least(t, step), known: true }; }
  function step(f) {
    var s = big(1);
    for (var i = f.decimals; i < 6; i++) s *= big(10);
    return s;
  }
  function written(a) { // one unit of the last digit written, at most one
    var p = big(1);
    while (a !== ZERO && p < MILLION && a % (p * big(10)) === ZERO) p *= big(10);
    return p;
  }
  // sureParts are the parts of a ratio that count: those that make it smallest, or under a ceiling largest.
  function sureParts(n, d, ceiling) {
    if (!n.near && !d.near) return { n: n.amount, d: d.amount, known: true };
    var top = sure(n, written(n.amount), ceiling), by = sure(d, written(d.amount), !ceiling);
    return { n: top.amount, d: by.amount <= ZERO ? d.amount : by.amount, known: top.known && by.known };
  }
  function share(f, month, day, days) { // of the year's target that the plan expects
    var t = f.target, n, d;
    if (t && t.curve) {
      var before = month > 1 ? t.curve[month - 2] : 0;
      n = before * days + (t.curve[month - 1] - before) * day; d = 10000 * days;
    } else {
      n = Math.max((month - f.starts) * days + day, 0); d = (13 - f.starts) * days;
    }
    return Q(big(n), big(d));
  }
  var ranks = { met: 3, partly: 2, missed: 1 };
  function holds(sign, order) {
    return { ">=": order >= 0, ">": order > 0, "=": order === 0, "<=": order <= 0, "<": order < 0 }[sign];
  }

  // compute returns what the entries make of a figure. sure is what of it can be relied on, as a quotient; why says that
  // it is more than arithmetic.
  function compute(f, data, entries) {
    var r = { achievement: null, completion: null, expected: null, pace: null, light: null, level: "", why: "", sure: null,
      met: false, quotient: null };
    var own = tally(f.own, data, entries), divisor = f.divisor ? tally(f.divisor, data, entries) : null;
    var at = data.as_of, t = f.target, judged = f.kind === "level", mean = f.own.units_rule === "mean" && !divisor;
    var ceiling = t && (t.sign === "<=" || t.sign === "<"), standing = judged || f.kind === "standard";
    var target = t ? amount(t.amount) : null, silent = t ? "silent" : "no_target", known = true, parts, sureOf;
    var last = divisor && divisor.last > own.last ? divisor.last : own.last;
    if (own.vague || divisor && divisor.vague) r.why = "approximate";
    if (judged) r.why = "judged";

    if (own.count === 0) r.light = silent;
    else if (divisor) {
      if (divisor.amount === ZERO) r.light = silent;
      else {
        r.achievement = printed(Q((own.below ? own.amount - big(1) : own.amount) * big(f.times), divisor.amount), f);
        parts = sureParts(own, divisor, ceiling);
        r.sure = Q(parts.n * big(f.times), parts.d); known = parts.known;
      }
    } else if (own.count > 1 && f.rated && f.own.units_rule === "") r.light = silent; // rates are not added
    else if (judged) { r.level = own.level; r.achievement = big(ranks[own.level] || 0) * MILLION; r.sure = Q(r.achievement, MILLION); }
    else {
      sureOf = own.near ? sure(own, step(f), ceiling) : { amount: own.amount, known: true };
      known = sureOf.known;
      r.achievement = mean ? printed(Q(own.amount, MILLION * big(own.count)), f) : own.amount;
      r.sure = mean ? Q(sureOf.amount, MILLION * big(own.count)) : Q(sureOf.amount, MILLION);
    }
    if (!known) r.sure = null;
    var side = bound(own, divisor, ceiling);
    var relied = r.sure && (divisor || mean ? printedBounding(r.sure, f, side) : r.sure.n);

    var paced = f.adds_units && !ceiling, plan = share(f, at.month, at.day, at.days), pace = null;
    if (r.sure && t && !judged) {
      r.met = !(t.sign === "=" && (own.near || divisor && divisor.near)) && holds(t.sign, cmp(r.sure, target, MILLION));
    }
    if (judged && t && r.sure) r.met = (ranks[r.level] || 0) >= ranks[t.level];
    if (t && !standing && r.sure && target !== ZERO) r.quotient = Q(r.sure.n * MILLION, r.sure.d * target);
    if (t && !standing && !(paced && plan.n === ZERO)) r.expected = paced ? round(Q(target * plan.n, plan.d)) : target;
    if (r.expected !== null && !ceiling) {
      pace = paced && r.sure && target !== ZERO ? Q(relied * plan.d, target * plan.n) : r.quotient;
    }
    if (r.quotient) r.completion = percentBounding(r.quotient, t.sign, data.rules, side);
    if (pace) r.pace = percent(pace, t.sign, data.rules);
    if (r.light === null) r.light = light(f, data, r, own, divisor, relied, pace, plan, last, target);
    return r;
  }
  // broken says whether even the smallest value of an approximate figure is above the ceiling.
  function broken(f, own, divisor, target) {
    var sign = f.target.sign, top, by;
    if (sign !== "<=" && sign !== "<") return false;
    if (divisor) {
      by = most(divisor, written(divisor.amount));
      top = least(own, written(own.amount)) * big(f.times);
      return by.known && !holds(sign, cmp(Q(top, by.amount), target, MILLION));
    }
    top = least(own, step(f));
    return !holds(sign, cmp(Q(top, MILLION * big(f.own.units_rule === "mean" ? own.count : 1)), target, MILLION));
  }
  function light(f, data, r, own, divisor, relied, pace, plan, last, target) {
    var t = f.target, rules = data.rules, at = data.as_of;
    if (!t) return "no_target";
    if (!r.sure && !broken(f, own, divisor, target)) return "unclear";
    if (t.sign === "<=" || t.sign === "<") return r.met ? "on_pace" : "over";
    if (r.met) return "done";
    if (f.kind === "level" && r.level === "partly") return "behind";
    if (!pace) return f.adds_units && f.kind !== "level" && f.kind !== "standard" && plan.n === ZERO ?
      (relied > ZERO ? "ahead" : "not_due") : "far_behind";
    var good = byPace(pace, rules), month = Number(last.slice(5, 7));
    if (good === "far_behind" || good === "behind") return good;
    var days = new Date(Date.UTC(data.year, month, 0)).getUTCDate(), then = share(f, month, days, days);
    var silent = at.month - month - (at.day === at.days ? 0 : 1);
    return silent >= rules.stale_after && then.n * plan.d < plan.n * then.d ? "stale" : good;
  }
  function reaches(q, p) { return cmp(q, big(p), big(10000)) >= 0; }
  function byPace(q, rules) {
    return reaches(q, rules.ahead_from) ? "ahead" : reaches(q, rules.behind_below) ? "on_pace" :
      reaches(q, rules.far_behind_below) ? "behind" : "far_behind";
  }

  // --- budget and score ------------------------------------------------------------------------------------------
  // spent is what a line had spent by then: by its months, if it has any.
  function spent(line, data) {
    if (!line.months) return amount(line.whole);
    return line.months.slice(0, data.as_of.month).reduce(function (sum, m) { return sum + amount(m); }, ZERO);
  }
  function budgetOf(line) { return line.full ? amount(line.full) : amount(line.opening) + amount(line.income); }
  // execute computes execution, pace and light of a budget: below the latest supervision line it is behind at least.
  function execute(budget, done, data) {
    var r = { budget: budget, spent: done, execution: null, pace: null, light: "no_target" }, rules = data.rules, at = data.as_of;
    if (budget === ZERO) return r;
    var q = Q(done, budget), plan = share({ starts: 1 }, at.month, at.day, at.days), latest = null;
    r.execution = percent(q, "", rules);
    if (plan.n === ZERO) { r.light = "not_due"; return r; }
    var pace = Q(done * plan.d, budget * plan.n);
    r.pace = percent(pace, "", rules);
    r.light = byPace(pace, rules);
    rules.alarms.forEach(function (a) {
      if (a.month < at.month || a.month === at.month && at.day === at.days) { if (!latest || a.month > latest.month) latest = a; }
    });
    if (reaches(q, 10000)) r.light = "done";
    else if (r.light !== "far_behind" && latest && !reaches(q, latest.below)) r.light = "behind";
    else if (r.light === "ahead") r.light = "on_pace";
    return r;
  }
  function executeAll(data) {
    var lines = data.budget.lines.map(function (l) { return execute(budgetOf(l), spent(l, data), data); });
    var sum = function (key) { return lines.reduce(function (s, l) { return s + l[key]; }, ZERO); };
    return lines.concat([execute(sum("budget"), sum("spent"), data)]);
  }
  // points is a part of some points in hundredths: all of them only for all of it.
  function points(q, of) {
    if (q.n < ZERO || of <= 0) return 0;
    var p = Number(round(Q(q.n * big(of), q.d)));
    return p >= of && q.n < q.d ? of - 1 : p;
  }
  // propose returns the points that the rules propose for a figure, null for none.
  function propose(row, f, r, rules) {
    var t = f.target, w = row.weight, within = function (p) { return Math.min(Math.max(p, 0), w); };
    if (!t || w === 0 || r.achievement === null || !r.sure || f.kind === "level") return null;
    var target = amount(t.amount), ceiling = t.sign === "<=" || t.sign === "<", one = big(1);
    var over = r.quotient && !ceiling && reaches(r.quotient, rules.over_from) && rules.over_deduction > 0;
    if (r.met || t.sign === "=" && target === ZERO && r.sure.n <= ZERO) return within(over ? w - rules.over_deduction : w);
    if (target <= ZERO) return 0;
    var q = Q(r.sure.n * MILLION, r.sure.d * target), whole = cmp(q, one, one);
    if (!ceiling) return within(whole < 0 ? points(q, w) : over ? w - rules.over_deduction : w - 1);
    if (whole === 0) return within(w - 1);
    if (rules.ceiling === "quotient") return within(points(Q(q.d, q.n), w));
    return cmp(q, big(2), one) >= 0 ? 0 : within(points(Q(big(2) * q.d - q.n, q.d), w));
  }
  // score adds up the points. of is the recomputed figure of each row, by code.
  function score(data, of, total) {
    var s = data.score, rules = s.rules, out = { rows: [], earned: 0, open: 0, weight: s.execution.weight, total: null, grade: "" };
    var count = function (p, w) { if (p === null) out.open += w; else out.earned += p; };
    out.execution = total.budget > ZERO ? Math.min(Math.max(points(Q(total.spent, total.budget), out.weight), 0), out.weight) : null;
    count(out.execution, out.weight);
    s.rows.forEach(function (row) {
      var x = of[row.code], p = !x ? null : x.r.why === "approximate" ? row.proposed : propose(row, x.f, x.r, rules);
      var given = row.manual !== null && row.weight !== 0 ? row.manual : p;
      out.rows.push({ proposed: p, score: given });
      if (row.weight > 0) { out.weight += row.weight; count(given, row.weight); }
    });
    if (out.weight === s.execution.weight) return out;
    out.total = out.earned;
    rules.caps.forEach(function (c) {
      if (total.budget > ZERO && !reaches(Q(total.spent, total.budget), c.below)) out.total = Math.min(out.total, c.at_most);
    });
    if (out.weight === 10000 && out.open === 0) {
      out.grade = out.total >= rules.excellent ? "excellent" : out.total >= rules.good ? "good" : out.total >= rules.fair ? "fair" : "poor";
    }
    return out;
  }

  // verdict compares what was signed with what was computed: the aspects that differ, and why the rest is not told.
  function verdict(f, r) {
    var off = [], same = function (key, is, was) { if (is !== was) off.push(key); };
    same("achievement", r.achievement === null ? "" : decimal(r.achievement), f.achievement);
    if (f.kind === "level") same("level", r.level, f.level || "");
    same("expected", r.expected === null ? "" : decimal(r.expected), f.expected);
    if (r.why === "approximate") return { off: off, why: r.why };
    same("completion", r.completion, f.completion);
    same("pace", r.pace, f.pace);
    if (r.light === "silent") { if (["no_data", "not_due"].indexOf(f.light) < 0) off.push("light"); }
    else same("light", r.light, f.light);
    return { off: off, why: r.why };
  }

  // --- the page --------------------------------------------------------------------------------------------------
  function put(cell, words, state) {
    cell.textContent = words;
    if (state) cell.className = state;
  }
  function rate(p) { return p === null ? "—" : (p / 100).toFixed(2) + "%"; }
  function checkFigures() {
    var data = JSON.parse(text("figures.json")), entries = JSON.parse(text("entries.json"));
    var agree = 0, partly = 0, differ = [], of = map();
    data.figures.forEach(function (f) {
      var row = document.querySelector('tr[data-code="' + f.code + '"]'), r, v;
      if (!row) { differ.push(f.name); return; }
      try { r = compute(f, data, entries); v = verdict(f, r); }
      catch (e) { r = null; v = { off: ["unreadable"], why: "" }; }
      if (r) of[f.code] = { f: f, r: r };
      var cells = row.cells, n = cells.length;
      if (r) put(cells[n - 2], (r.level ? W["level." + r.level] : r.achievement === null ? "—" : decimal(r.achievement)) +
        (r.why === "approximate" ? "" : " · " + rate(r.completion)));
      if (cells[3].textContent !== f.achievement_text + " · " + rate(f.completion) + f.light_text ||
        cells[2].textContent !== (f.target ? f.target.text : "—")) v.off.push("shown");
      if (v.off.length) {
        differ.push(f.name);
        put(cells[n - 1], say("differs", v.off.map(function (k) { return W["aspect." + k]; }).join(W.and)), "bad");
      } else if (v.why) { partly++; put(cells[n - 1], W["why." + v.why], "part"); }
      else { agree++; put(cells[n - 1], W.agrees, "good"); }
    });
    var rows = document.querySelectorAll("tr[data-code]").length;
    if (rows !== data.figures.length) differ.push(say("rows", rows, data.figures.length));
    put($("figures-said"), say("figures", data.figures.length, agree, partly, differ.length) +
      (differ.length ? " " + differ.join(W.and) : ""), differ.length ? "bad" : "good");
    checkMoney(data, of);
  }
  // compare puts what was computed into a row and says whether it is what was signed. pairs are aspect, is, was.
  function compare(row, signed, again, pairs, why, sums) {
    var cells = row ? row.cells : null, off = [];
    pairs.forEach(function (p) { if (p[1] !== p[2]) off.push(W["aspect." + p[0]]); });
    if (!row || cells[1].textContent !== signed) off.push(W["aspect.shown"]);
    sums.all++;
    if (off.length) sums.differ.push(row ? cells[0].textContent : signed);
    else if (why) sums.part++;
    else sums.agree++;
    if (!row) return;
    put(cells[2], again);
    put(cells[3], off.length ? say("differs", off.join(W.and)) : why ? W["why." + why] : W.agrees, off.length ? "bad" : why ? "part" : "good");
  }
  function tell(id, key, sums) {
    put($(id), say(key, sums.all, sums.agree, sums.part, sums.differ.length) +
      (sums.differ.length ? " " + sums.differ.join(W.and) : ""), sums.differ.length ? "bad" : "good");
  }
  function dots(p) { return p === null ? "—" : (p / 100).toFixed(2); }
  function counted(name, signed, sums) { // rows of the page that the data does not have
    var rows = document.querySelectorAll("tr[data-" + name + "]").length;
    if (rows !== signed) sums.differ.push(say("rows", rows, signed));
  }
  function checkMoney(data, of) {
    var sums = { all: 0, agree: 0, part: 0, differ: [] }, all, total = { budget: ZERO, spent: ZERO };
    try {
      all = executeAll(data); total = all[all.length - 1];
      data.budget.lines.concat([data.budget.total]).forEach(function (l, i) {
        var r = all[i];
        compare(document.querySelector('tr[data-budget="' + i + '"]'), l.text, decimal(r.spent) + " ÷ " + decimal(r.budget) + " = " +
          rate(r.execution), [["budget", decimal(r.budget), l.budget], ["spent", decimal(r.spent), l.spent],
          ["execution", r.execution, l.execution], ["pace", r.pace, l.pace], ["light", r.light, l.light]], "", sums);
      });
      counted("budget", all.length, sums);
    } catch (e) { sums.differ.push(W["aspect.unreadable"]); }
    tell("budget-said", "budget", sums);
    if (data.score) checkScore(data, of, total);
  }
  function checkScore(data, of, total) {
    var sums = { all: 0, agree: 0, part: 0, differ: [] }, s = data.score, r;
    try {
      r = score(data, of, total);
      var row = function (key) { return document.querySelector('tr[data-score="' + key + '"]'); };
      compare(row(" execution"), s.execution.text, dots(r.execution), [["score", r.execution, s.execution.score]], "", sums);
      s.rows.forEach(function (x, i) {
        var vague = of[x.code] && of[x.code].r.why === "approximate", manual = x.manual !== null && x.weight !== 0;
        var why = manual ? "given" : vague ? "approximate" : "", again = dots(r.rows[i].score);
        compare(row(x.code), x.text, manual ? again + " (" + dots(r.rows[i].proposed) + ")" : again,
          [["proposed", r.rows[i].proposed, x.proposed], ["score", r.rows[i].score, x.score]], why, sums);
      });
      compare(row(" total"), s.text, dots(r.total) + (r.grade ? " · " + W["grade." + r.grade] : ""), [["weight", r.weight, s.weight],
        ["earned", r.earned, s.earned], ["open", r.open, s.open], ["total", r.total, s.total], ["grade", r.grade, s.grade]], "", sums);
      counted("score", s.rows.length + 2, sums);
    } catch (e) { sums.differ.push(W["aspect.unreadable"]); }
    tell("score-said", "scores", sums);
  }
  var files = map(); // by path
  function fileRow(path) {
    var rows = document.querySelectorAll("tr[data-path]");
    for (var i = 0; i < rows.length; i++) if (rows[i].dataset.path === path) return rows[i];
  }
  function told(path, sum, size) {
    var f = files[path], row = fileRow(path), cell;
    if (!f || !row) return;
    cell = row.cells[row.cells.length - 1];
    f.state = sum === f.sha256 && size === f.size ? "good" : "bad";
    put(cell, f.state === "good" ? W.agrees : say("hash", sum), f.state);
  }
  function sayFiles(strange) {
    var good = 0, bad = [], open = 0, all = Object.keys(files);
    all.forEach(function (p) {
      if (files[p].state === "good") good++; else if (files[p].state === "bad") bad.push(p); else open++;
    });
    bad = bad.concat(strange || []);
    put($("files-said"), say("files", all.length, good, open, bad.length) + (bad.length ? " " + bad.join(W.and) : ""),
      bad.length ? "bad" : open ? "part" : "good");
  }
  function checkEmbedded() {
    JSON.parse(text("manifest.json")).files.forEach(function (f) { files[f.path] = f; });
    ["figures.json", "entries.json"].forEach(function (name) {
      var bytes = utf8(text(name));
      told(name, sumOf(bytes), bytes.length);
    });
    sayFiles();
  }
  function slice(file, from, to) {
    return new Promise(function (done, failed) {
      var reader = new FileReader();
      reader.onload = function () { done(new Uint8Array(reader.result)); };
      reader.onerror = function () { failed(reader.error); };
      reader.readAsArrayBuffer(file.slice(from, to));
    });
  }
  function sumFile(file, from, to) {
    var sum = new Sum(), piece = 4 << 20;
    function next(at) {
      if (at >= to) return Promise.resolve(sum.hex());
      return slice(file, at, Math.min(at + piece, to)).then(function (b) { sum.add(b); return next(at + piece); });
    }
    return next(from);
  }
  function u16(b, at) { return b[at] | b[at + 1] << 8; }
  function u32(b, at) { return (u16(b, at) | u16(b, at + 2) << 16) >>> 0; }
  function each(list, fn) {
    return list.reduce(function (before, x) { return before.then(function () { return fn(x); }); }, Promise.resolve());
  }
  function pathOf(bytes) { return decodeURIComponent(escape(String.fromCharCode.apply(null, bytes))); }
  // readZip lists the files of an archive in which nothing is compressed, by its central directory.
  function readZip(file) {
    return slice(file, Math.max(0, file.size - 65557), file.size).then(function (b) {
      for (var at = b.length - 22; at >= 0 && u32(b, at) !== 0x06054b50; at--) {}
      if (at < 0 || u32(b, at + 16) === 0xffffffff) throw new Error(W.zip);
      var from = u32(b, at + 16);
      return slice(file, from, from + u32(b, at + 12));
    }).then(function (b) {
      var out = [], at = 0;
      while (at + 46 <= b.length && u32(b, at) === 0x02014b50) {
        var name = u16(b, at + 28), size = u32(b, at + 24);
        out.push({ path: pathOf(b.subarray(at + 46, at + 46 + name)), name: name, size: size,
          packed: u16(b, at + 10) !== 0, at: u32(b, at + 42) });
        at += 46 + name + u16(b, at + 30) + u16(b, at + 32);
      }
      return out;
    });
  }
  function checkZip(file) {
    var seen = map(), strange = [];
    return readZip(file).then(function (list) {
      return each(list, function (x) {
        if (x.packed) throw new Error(W.zip);
        return slice(file, x.at, x.at + 30 + x.name).then(function (b) {
          var from = x.at + 30 + u16(b, 26) + u16(b, 28), named = pathOf(b.subarray(30));
          if (named !== x.path || u16(b, 26) !== x.name) strange.push(say("strange", named)); // some readers go by what stands there
          return sumFile(file, from, from + x.size);
        }).then(function (sum) { note(seen, strange, x.path, sum, x.size); });
      });
    }).then(function () { missing(seen); sayFiles(strange); });
  }
  function note(seen, strange, path, sum, size) {
    if (seen[path]) { // of two with one name readers take the one or the other
      strange.push(say("strange", path));
      return;
    }
    seen[path] = true;
    if (files[path]) return told(path, sum, size);
    if (path === "manifest.json") { if (sum !== sumOf(utf8(text("manifest.json")))) strange.push(path); }
    else if (path !== "index.html") strange.push(say("strange", path));
  }
  function missing(seen) {
    Object.keys(files).forEach(function (p) {
      if (!seen[p]) { files[p].state = "bad"; var row = fileRow(p); put(row.cells[row.cells.length - 1], W.missing, "bad"); }
    });
  }
  function checkFolder(list) {
    var seen = map(), strange = [];
    return each(list, function (f) {
      var path = (f.webkitRelativePath || f.name).split("/");
      if (f.webkitRelativePath) path.shift();
      path = path.join("/");
      return sumFile(f, 0, f.size).then(function (sum) { note(seen, strange, path, sum, f.size); });
    }).then(function () { missing(seen); sayFiles(strange); });
  }
  function check(list) {
    list = Array.prototype.slice.call(list);
    if (!list.length) return;
    put($("files-said"), W.reading, "part");
    var zip = list.length === 1 && /\.zip$/i.test(list[0].name);
    (zip ? checkZip(list[0]) : checkFolder(list)).catch(function (e) { put($("files-said"), e.message || W.zip, "bad"); });
  }

  if (!big) { put($("figures-said"), W.old, "bad"); return; }
  ZERO = big(0); MILLION = big(1000000);
  checkFigures();
  checkEmbedded();
  $("tools").hidden = false;
  $("zip").onchange = function () { check(this.files); };
  $("folder").onchange = function () { check(this.files); };
  document.addEventListener("dragover", function (e) { e.preventDefault(); });
  document.addEventListener("drop", function (e) { e.preventDefault(); check(e.dataTransfer.files); });
})();
