// Shows one state of a drawing, and draws what all of them share: icons, grey bars, rows of grey bars.
//   <html data-states="menu settings">   the states; ?show=menu chooses one
//   <p data-in="menu settings">          only in these
//   <i data-icon="lock">                 an icon          <i data-bar="120">      a grey bar, 120 px long
//   <p data-bars="280 240">              lines of bars    <div data-rows="120 90"> rows of a list
"use strict";

const ICONS = {
  back: "M19 12H5M11 6l-6 6 6 6",
  camera: "M4 8h3.5L9 5.5h6L16.5 8H20v11H4zM12 16.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z",
  check: "M5 12.5l4.5 4.5L19 7.5",
  chevron: "M9 5l7 7-7 7",
  down: "M5 9l7 7 7-7",
  gear: "M12 18.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM12 2.8v2.7M12 18.5v2.7M2.8 12h2.7M18.5 12h2.7M5.5 5.5l1.9 1.9M16.6 16.6l1.9 1.9M5.5 18.5l1.9-1.9M16.6 7.4l1.9-1.9",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  mail: "M3 5.5h18v13H3zM3.5 6.5l8.5 6.5 8.5-6.5",
  menu: "M4 6.5h16M4 12h16M4 17.5h16",
  person: "M12 12.3a3.8 3.8 0 1 0 0-7.6 3.8 3.8 0 0 0 0 7.6zM4.5 20.5c.8-4 3.7-5.7 7.5-5.7s6.7 1.7 7.5 5.7",
  picture: "M4 5h16v14H4zM4.5 17l5-5 3.5 3.5 2.5-2.5 4 4",
  ring: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16z",
  search: "M11 17.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.8 15.8L20.5 20.5",
  send: "M20 4L3.5 10.5l6.5 3 3 6.5z",
  shield: "M12 3.5l7 2.5v5.5c0 4.3-2.9 7.2-7 9-4.1-1.8-7-4.7-7-9V6z",
  up: "M12 16V5M7.5 9.5L12 5l4.5 4.5M5 19.5h14",
};

const made = (tag, name) => Object.assign(document.createElement(tag), { className: name });

const bar = (length, name = "") => {
  const line = made("i", `bar ${name}`);
  line.style.width = `${length}px`;
  return line;
};

const icon = (name, more = "") => {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("class", `icon ${more}`);
  drawing.setAttribute("aria-hidden", "true");
  line.setAttribute("d", ICONS[name]);
  drawing.append(line);
  return drawing;
};

const row = (length, plain) => {
  const line = made("div", "row");
  const end = made("span", "end");
  end.append(icon("chevron", "small pale"));
  line.append(...(plain ? [] : [made("i", "dot")]), bar(length), end);
  return line;
};

const lengths = (words) => words.split(" ").filter(Boolean);

const show = () => {
  const root = document.documentElement;
  const state = new URLSearchParams(location.search).get("show");
  const states = lengths(root.dataset.states);
  if (!states.includes(state)) {
    const list = made("ul", "states");
    for (const name of states) {
      const link = Object.assign(made("a", ""), { href: `?show=${name}`, textContent: name });
      list.append(made("li", ""));
      list.lastChild.append(link);
    }
    document.body.replaceChildren(list);
    return;
  }
  for (const part of document.querySelectorAll("[data-in]")) {
    if (!lengths(part.dataset.in).includes(state)) part.remove();
  }
  for (const part of document.querySelectorAll("[data-icon], [data-bar]")) {
    const { className, dataset, style } = part;
    const drawn = dataset.icon ? icon(dataset.icon, className) : bar(dataset.bar, className);
    drawn.style.cssText += style.cssText;
    part.replaceWith(drawn);
  }
  for (const part of document.querySelectorAll("[data-bars]")) {
    part.classList.add("bars");
    part.append(...lengths(part.dataset.bars).map((length) => bar(length)));
  }
  for (const part of document.querySelectorAll("[data-rows]")) {
    part.replaceWith(...lengths(part.dataset.rows).map((length) => row(length, part.hasAttribute("data-plain"))));
  }
};

show();
