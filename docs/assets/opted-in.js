/* What script adds to a page that works without it: light or dark, sources on the spot, and the search.
   What searches is fetched when somebody opens the search, and not before (search.js). */
(function () {
  "use strict";
  var body = document.body;
  var find = document.querySelector(".oi-find");

  /* --- Light or dark: follows the system until somebody presses the button; only then something is stored. --- */
  var dark = matchMedia("(prefers-color-scheme: dark)");
  var buttons = Array.prototype.slice.call(document.querySelectorAll(".oi-scheme"));

  function stored() {
    try { return localStorage.getItem(oiChoice); } catch (error) { return null; } /* forbidden, in some browsers */
  }

  buttons.forEach(function (button, index) {
    button.addEventListener("click", function () {
      var other = (index + 1) % buttons.length;
      var scheme = buttons[other].dataset.oiFrom;
      body.setAttribute("data-md-color-scheme", scheme);
      try { localStorage.setItem(oiChoice, JSON.stringify({ color: { scheme: scheme } })); } catch (error) { /* forbidden */ }
      buttons[other].focus();
    });
  });
  dark.addEventListener("change", function () {
    if (!stored()) body.setAttribute("data-md-color-scheme", dark.matches ? "slate" : "default");
  });

  /* --- Some browsers call no table what is drawn as blocks. HTML forbids roles on its parts in the page itself.
     There are thousands of parts, so the page is drawn first. --- */
  var roles = { TABLE: "table", TR: "row", TD: "cell", col: "columnheader", row: "rowheader" };
  (window.requestIdleCallback || setTimeout)(function () {
    document.querySelectorAll(".oi-table, .oi-table *").forEach(function (part) {
      var role = roles[part.scope || part.tagName];
      if (role) part.setAttribute("role", role);
    });
  });

  /* --- Sources on the spot: the list may be far below, and the way back long. A click for a new tab follows the link. --- */
  document.addEventListener("click", function (event) {
    var link = event.target.closest(".oi-note a");
    var note = link && document.getElementById(link.hash.slice(1));
    if (!note || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    var sheet = document.createElement("dialog");
    var words = document.createElement("p");
    var close = document.createElement("button");
    sheet.className = "oi-cited md-typeset";
    sheet.setAttribute("aria-label", link.textContent);
    words.append(link.textContent + ": ");
    note.childNodes.forEach(function (part) { words.append(part.cloneNode(true)); });
    close.textContent = "Close";
    close.autofocus = true; /* else the focus would be on the first link */
    sheet.append(words, close);
    sheet.addEventListener("click", function (inside) {
      if (inside.target === sheet || inside.target === close) sheet.close();
    });
    sheet.addEventListener("close", function () { sheet.remove(); });
    body.append(sheet);
    sheet.showModal(); /* Escape closes it, and the focus goes back to the number */
  });

  /* --- Search: the dialog is there at once, so that nothing that is typed is lost; what answers comes meanwhile. --- */
  if (!find) return; /* a copy to read from a folder has none */
  var search;
  var words = { /* by the language of the page */
    en: {
      close: "Close", wait: "Loading the search …", empty: "Type to start searching", one: "1 page", other: "# pages",
      none: "No page has these words. Try fewer, or others.", failed: "The search cannot be loaded. The menu has all pages."
    }
  };
  words = words[document.documentElement.lang] || words.en;

  function open() {
    if (!search) {
      search = document.createElement("dialog");
      search.className = "oi-search md-typeset";
      search.innerHTML = '<form role="search"><input type="text" inputmode="search" enterkeyhint="search" autocapitalize="off"' +
        ' autocomplete="off" spellcheck="false"><button type="button"></button></form><p role="status"></p><ol></ol>';
      Object.assign(search.querySelector("p").dataset, words);
      search.querySelector("p").textContent = words.wait;
      search.querySelector("button").textContent = words.close;
      [search, search.querySelector("input")].forEach(function (part) { part.ariaLabel = find.ariaLabel; });
      search.querySelector("input").placeholder = find.ariaLabel;
      body.append(search);
      search.querySelector("button").addEventListener("click", function () { search.close(); });
      search.addEventListener("click", function (event) { if (event.target === search) search.close(); });
      var styles = find.dataset.oiSearch.replace(/js$/, "css");
      document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: styles }));
      body.append(Object.assign(document.createElement("script"), { src: find.dataset.oiSearch }));
    }
    if (!search.open) search.showModal(); /* Escape closes it, and the focus goes back to where it was */
    search.querySelector("input").select();
  }

  find.addEventListener("click", open);
  /* Not a letter alone: who speaks to the device, or hits a key by chance, would open it (WCAG 2.1.4). */
  document.addEventListener("keydown", function (event) {
    if (!/^k$/i.test(event.key) || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
})();
