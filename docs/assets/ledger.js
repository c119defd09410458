// The ledger's filters: read from the address, written to it.
const filters = document.querySelector(".filters")
const facts = [...document.querySelectorAll(".ledger-fact")]
const count = filters.querySelector(".count")
const show = () => {
  const wanted = [...new FormData(filters)].filter(([, value]) => value)
  for (const fact of facts)
    fact.hidden = !wanted.every(([name, value]) => fact.dataset[name].split(" ").includes(value))
  for (const heading of document.querySelectorAll('h2[id^="subject-"]'))
    heading.hidden = !facts.some((fact) => !fact.hidden && `subject-${fact.dataset.subject}` === heading.id)
  const shown = facts.filter((fact) => !fact.hidden).length
  count.textContent = count.dataset.template.replace("{shown}", shown).replace("{all}", facts.length)
  return wanted
}
for (const [name, value] of new URLSearchParams(location.search)) {
  const field = filters.elements.namedItem(name)
  if (field) field.value = value
}
filters.addEventListener("change", () => {
  const query = new URLSearchParams(show()).toString()
  history.replaceState(null, "", query ? `?${query}` : location.pathname)
})
// A link to a fact that the filters hide takes them away.
const reveal = () => {
  const wanted = document.getElementById(location.hash.slice(1))?.closest(".ledger-fact")
  if (!wanted?.hidden) return
  filters.reset()
  show()
  history.replaceState(null, "", location.pathname + location.hash)
  wanted.scrollIntoView()
}
addEventListener("hashchange", reveal)
show()
reveal()
