// Gives each text that is there to be copied a button that does it. Without script, one selects the text by hand.
(() => {
  for (const part of document.querySelectorAll(".oi-copy")) {
    const [name, text] = part.children
    const button = document.createElement("button")
    button.type = "button"
    button.className = "oi-copy__button"
    button.setAttribute("aria-live", "polite")
    const say = (word) => {
      button.textContent = word
      button.setAttribute("aria-label", `${word}: ${name.textContent}`)
    }
    say("Copy")
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text.textContent)
        say("Copied")
      } catch {
        getSelection().selectAllChildren(text) // not allowed, or an old browser: one key is left to press
        say("Selected")
      }
      setTimeout(say, 2000, "Copy")
    })
    name.append(" ", button)
  }
})()
