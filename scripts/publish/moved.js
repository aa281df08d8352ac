// Leads on from an address that has moved, and keeps the fragment. Without script, the page's own links do it.
(() => {
  const go = () => {
    let id = location.hash.slice(1)
    try { id = decodeURIComponent(id) } catch {}
    const part = id && document.getElementById(id)
    const own = part && part.querySelector("a[data-moved]")
    const link = own || document.querySelector("a[data-moved-page]")
    if (!link) return
    const target = new URL(link.href)
    target.search = location.search
    if (!own && location.hash) target.hash = location.hash
    location.replace(target)
  }
  addEventListener("hashchange", go)
  go()
})()
