/* What script adds to a page that works without it: light or dark, sources on the spot, and the search.
   The theme's own script and the index of the search are fetched when somebody uses the search, and not before. */
(function () {
  "use strict";
  var body = document.body;
  var field = document.querySelector(".md-search__input");
  var toggle = document.getElementById("__search");
  var find = document.querySelector(".oi-find");
  var awake = false;
  if (toggle) toggle.checked = false; /* Firefox keeps it through a reload */

  /* --- Light or dark: follows the system until somebody presses the button; only then something is stored. --- */
  var dark = matchMedia("(prefers-color-scheme: dark)");
  var buttons = Array.prototype.slice.call(document.querySelectorAll(".oi-scheme"));

  function stored() {
    try { return __md_get("__palette"); } catch (error) { return null; }
  }

  buttons.forEach(function (button, index) {
    button.addEventListener("click", function () {
      var other = (index + 1) % buttons.length;
      var scheme = buttons[other].dataset.oiFrom;
      body.setAttribute("data-md-color-scheme", scheme);
      __md_set("__palette", { index: other, color: { scheme: scheme } });
      buttons[other].focus();
    });
  });
  dark.addEventListener("change", function () {
    if (!stored()) body.setAttribute("data-md-color-scheme", dark.matches ? "slate" : "default");
  });

  /* --- Some browsers call no table what is drawn as blocks. HTML forbids roles on its parts in the page itself. --- */
  var roles = { TABLE: "table", TR: "row", TD: "cell", col: "columnheader", row: "rowheader" };
  document.querySelectorAll(".oi-table, .oi-table *").forEach(function (part) {
    var role = roles[part.scope || part.tagName];
    if (role) part.setAttribute("role", role);
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

  /* --- Search: wake it on the first focus. What was typed meanwhile stays in the field, and is searched for. --- */
  if (!field) return; /* a copy to read from a folder has none */
  var form = field.form;
  function wake() {
    if (awake) return;
    awake = true;
    var parts = document.getElementById("oi-search").content;
    parts.querySelectorAll("link").forEach(function (link) {
      document.head.append(link.cloneNode()); /* all rules, in the order in which they belong */
    });
    parts.querySelectorAll("script").forEach(function (inert) {
      var script = document.createElement("script"); /* a copy of an inert script does not run */
      script.src = inert.getAttribute("src");
      script.async = false;
      body.append(script);
    });
  }

  function open() {
    wake();
    if (!toggle.checked) toggle.click();
    field.focus();
  }

  field.addEventListener("focus", function () {
    wake();
    if (!toggle.checked) toggle.click();
  });
  find.addEventListener("click", open);
  form.addEventListener("submit", function (event) {
    event.preventDefault(); /* it must not leave the page */
    (form.parentNode.querySelector("li a") || field).focus();
  });
  document.addEventListener("keydown", function (event) {
    var typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (awake || typing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "f" || event.key === "s" || event.key === "/") {
      event.preventDefault();
      open();
    }
  });

  /* --- Who goes on by keyboard leaves the search: it must not cover what comes next. On a phone, where it is a window,
     Escape gives the focus back to its button. --- */
  field.addEventListener("keydown", function (event) {
    if ((event.key === "Tab" || event.key === "Escape") && toggle.checked) toggle.click();
    if (event.key === "Escape" && find.offsetParent) setTimeout(function () { find.focus(); });
  });
})();
