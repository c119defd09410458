// Small conveniences; every page reads and works without them.

// The language switch keeps the place on the page, not the page alone: what the address says, or else the last heading read.
const stay = ({ currentTarget: link }) => {
  const read = [...document.querySelectorAll("article :is(h2, h3, article, li)[id]")].filter((place) => place.checkVisibility() && place.getBoundingClientRect().top < innerHeight / 2)
  link.search = location.search
  link.hash = location.hash || (scrollY && read.length ? read.pop().id : "")
}
for (const link of document.querySelectorAll(".languages a")) {
  link.addEventListener("click", stay)
  link.addEventListener("auxclick", stay)
}

// Light or dark: the system's choice, until the reader makes one.
document.querySelector(".scheme").addEventListener("click", () => {
  const dark = root.dataset.scheme ? root.dataset.scheme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches
  root.dataset.scheme = dark ? "light" : "dark"
  // Or else the choice lasts as long as the page.
  try { localStorage.setItem("scheme", root.dataset.scheme) } catch {}
})

// Search is loaded when the reader turns to it; the dialog opens at once, so that no key is lost.
const button = document.querySelector(".search")
const make = (name, values) => Object.assign(document.createElement(name), values)
let dialog
const search = () => {
  if (!dialog) {
    const label = button.textContent
    const finder = dialog = make("dialog", { className: "finder", ariaLabel: label })
    const field = make("input", { type: "search", placeholder: label, ariaLabel: label, spellcheck: false, autocomplete: "off" })
    const count = make("p", { role: "status" })
    finder.append(field, make("button", { textContent: button.dataset.close, onclick: () => finder.close() }), count)
    document.body.append(finder)
    import("./search.js").then(({ start }) => start(finder, field, count)).catch(() => {
      count.textContent = button.dataset.failed
      // To be tried anew.
      finder.onclose = () => { dialog = finder.remove() }
    })
  }
  if (!dialog.open) dialog.showModal()
}
button.addEventListener("click", search)
// An address may bring the words along: ?q=…
const asked = new URLSearchParams(location.search).get("q")
if (asked) {
  search()
  dialog.firstChild.value = asked
}
const typed = (event) => {
  if (!["/", "s", "f"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return
  if (event.target.closest("input, select, textarea, [contenteditable], dialog")) return
  event.preventDefault()
  search()
}
addEventListener("keydown", typed)

// What was done before there was anybody to do it.
removeEventListener("click", keep)
removeEventListener("keydown", keep)
for (const event of early) {
  if (event.type === "click") event.target.closest(".tools button")?.click()
  else if (!dialog) typed(event)
  else if (event.key.length === 1) dialog.firstChild.value += event.key
}
