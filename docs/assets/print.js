// A button that prints the page. It never does so by itself: whoever opens a page wants to read it first.
for (const button of document.querySelectorAll(".oi-print button")) button.addEventListener("click", () => window.print());
