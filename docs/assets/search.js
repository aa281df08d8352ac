/* The search: fetched when somebody opens it for the first time, with the library that ranks (MiniSearch) and the words
   of all pages. What is typed stays here. Works on the dialog that `opted-in.js` has opened. */
(function () {
  "use strict";
  var PAGES = 10, PARTS = 3, AROUND = 90; /* pages shown, parts shown of each, letters shown around a word */
  var here = document.currentScript.src;
  var dialog = document.querySelector(".oi-search");
  var field = dialog.querySelector("input");
  var status = dialog.querySelector("[role=status]");
  var list = dialog.querySelector("ol");
  var root = new URL("../", here);
  var WORD = /[\p{L}\p{N}]+(?:['’]\p{L}+)*/gu;
  var COMMON = new Set("a an and are be can do does for from how i if in is it me my of on or that the their this to was what when where which who will with you your".split(" "));

  var CHILD = /^(?:kid|son|daughter|teen|minor|parent)s?$/; /* whoever types one of these looks for the same */

  /* "Résumés", "resume" and "résumé" are one word, and so are "objecting" and "objection". */
  function plain(word) {
    word = word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/['’].*$/, "").replace(CHILD, "child");
    if (word.length > 4) word = word.replace(/ies$/, "y").replace(/s$/, "");
    if (word.length > 6) word = word.replace(/(?:ing|ions?|ed)$/, "");
    return word.length > 4 ? word.replace(/e$/, "") : word;
  }

  function words(text) { return text.match(WORD) || []; }

  /* --- Ranking --- */
  function ranking(docs) {
    var page = {};
    docs.forEach(function (doc) { if (doc.location.indexOf("#") < 0) page[doc.location] = doc; });
    var index = new MiniSearch({
      fields: ["name", "title", "page", "text"], /* of a page, of a part, of the page that a part is of, and the rest */
      storeFields: ["location", "title", "text", "boost"],
      idField: "location",
      extractField: function (doc, field) {
        var whole = doc.location.indexOf("#") < 0;
        if (field === "name") return whole ? doc.title : "";
        if (field === "title") return whole ? "" : doc.title;
        return field === "page" ? page[doc.location.split("#")[0]].title : doc[field];
      },
      tokenize: words,
      processTerm: plain
    });
    return index.addAllAsync(docs, { chunkSize: 40 }).then(function () {
      return function (query) {
        var typed = words(query);
        var telling = typed.filter(function (word) { return !COMMON.has(word.toLowerCase()); });
        var asked = (telling.length ? telling : typed).map(plain);
        if (!asked.length) return [];
        var how = {
          boost: { name: 16, title: 5, page: 1.5 },
          prefix: function (term, at, terms) { return at === terms.length - 1 || term.length > 3; },
          fuzzy: function (term) { return term.length > 4 ? 0.2 : false; },
          weights: { prefix: 0.5, fuzzy: 0.2 },
          boostDocument: function (id, term, stored) { return stored.boost || 1; },
          tokenize: function () { return asked; },
          processTerm: function (term) { return term; }
        };
        /* What has all words comes before what has some of them. */
        var all = index.search(query, Object.assign({ combineWith: "AND" }, how));
        var some = asked.length > 1 ? index.search(query, how) : [];
        var seen = new Set(all.map(function (hit) { return hit.id; }));
        var groups = new Map();
        all.concat(some.filter(function (hit) { return !seen.has(hit.id); })).forEach(function (hit) {
          var where = hit.location.split("#")[0];
          if (!groups.has(where)) groups.set(where, { page: page[where], hits: [] });
          groups.get(where).hits.push(hit);
        });
        return Array.from(groups.values());
      };
    });
  }

  /* --- Results --- */
  function add(parent, name, text) {
    var made = document.createElement(name);
    if (text) made.textContent = text;
    parent.append(made);
    return made;
  }

  /* Some words around the first that was found, with all that were found marked. */
  function extract(parent, text, terms) {
    var at = -1;
    for (var match of text.matchAll(WORD)) {
      if (terms.has(plain(match[0]))) { at = match.index; break; }
    }
    var from = at > AROUND ? text.indexOf(" ", at - AROUND) + 1 : 0;
    if (from > at && at >= 0) from = at;
    var to = text.indexOf(" ", Math.max(at, 0) + AROUND);
    if (to < 0) to = text.length;
    if (from) parent.append("… ");
    marked(parent, text.slice(from, to).replace(/\n/g, " · "), terms);
    if (to < text.length) parent.append(" …");
  }

  function marked(parent, text, terms) {
    var done = 0;
    for (var match of text.matchAll(WORD)) {
      if (!terms.has(plain(match[0]))) continue;
      parent.append(text.slice(done, match.index));
      add(parent, "mark", match[0]);
      done = match.index + match[0].length;
    }
    parent.append(text.slice(done));
  }

  function entry(parent, hit, title, terms) {
    var link = add(parent, "a");
    link.href = new URL(hit.location, root).href;
    marked(add(link, "strong"), title, terms);
    if (hit.text) extract(add(link, "span"), hit.text, terms);
  }

  function show(groups) {
    list.replaceChildren();
    var said = groups.length === 0 ? "none" : groups.length === 1 ? "one" : "other";
    status.textContent = status.dataset[said].replace("#", groups.length);
    groups.slice(0, PAGES).forEach(function (group) {
      var item = add(list, "li");
      var terms = new Set(group.hits.flatMap(function (hit) { return hit.terms; }));
      var whole = group.hits.find(function (hit) { return hit.location === group.page.location; });
      entry(item, whole || { location: group.page.location }, group.page.title, terms);
      var parts = group.hits.filter(function (hit) { return hit !== whole; }).slice(0, PARTS);
      if (!parts.length) return;
      var inner = add(item, "ul");
      parts.forEach(function (hit) { entry(add(inner, "li"), hit, hit.title, terms); });
    });
  }

  /* --- The dialog --- */
  function library() {
    return new Promise(function (done, failed) {
      var script = document.createElement("script");
      script.src = new URL("vendor/minisearch.js", here).href;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
  }

  function listen(find) {
    function answer() {
      var query = field.value.trim();
      if (query) return show(find(query));
      list.replaceChildren();
      status.textContent = status.dataset.empty;
    }
    field.addEventListener("input", answer);
    answer();
  }

  dialog.querySelector("form").addEventListener("submit", function (event) {
    event.preventDefault(); /* it must not leave the page but for a result */
    var first = list.querySelector("a");
    if (first) first.click();
  });
  dialog.addEventListener("click", function (event) {
    if (event.target.closest("a")) dialog.close(); /* it may lead to another part of this page */
  });
  dialog.addEventListener("keydown", function (event) {
    var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    var stops = [field].concat(Array.from(list.querySelectorAll("a")));
    var next = stops[stops.indexOf(document.activeElement) + step];
    if (next) next.focus();
    event.preventDefault();
  });

  Promise.all([fetch(new URL("search/index.json", root)).then(function (answer) { return answer.json(); }), library()])
    .then(function (found) { return ranking(found[0].docs); })
    .then(listen)
    .catch(function () { status.textContent = status.dataset.failed; });
})();
