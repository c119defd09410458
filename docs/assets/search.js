// Search: the theme's worker and index, with a list of links for results. Loaded by explainer.js when it is wanted.

const [SETUP, READY, QUERY, RESULT] = [0, 1, 2, 3] // the messages of the theme's worker

export const start = async (dialog, field, count) => {
  const tree = document.querySelector(".masthead__name").href
  const styles = Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("search.css", import.meta.url) })
  document.head.append(styles)
  const index = await (await fetch(new URL("search/search_index.json", tree))).json()
  const worker = new Worker(new URL("workers/search.js", import.meta.url))

  const results = Object.assign(document.createElement("ol"), { className: "results" })
  dialog.append(results)
  // A section's title says little without its page's, which the index has as a document of its own.
  const pages = new Map(index.docs.filter(({ location }) => !location.includes("#")).map(({ location, title }) => [location, title]))

  const ask = () => worker.postMessage({ type: QUERY, data: field.value })
  worker.addEventListener("message", ({ data }) => {
    if (data.type === READY) ask()
    if (data.type !== RESULT) return
    const found = data.data.items.flat()
    count.textContent = !field.value.trim() ? "" : found.length ? index.words.found.replace("{count}", found.length) : index.words.none
    results.replaceChildren(...found.slice(0, 30).map((item) => result(item, tree, pages)))
  })
  worker.postMessage({ type: SETUP, data: { config: index.config, docs: index.docs, options: {} } })
  field.addEventListener("input", ask)
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") results.querySelector("a")?.click()
  })
}

// One result: title and the words around the first match. The index holds HTML of the site's own pages.
const result = ({ location, title, text }, tree, pages) => {
  const item = document.createElement("li")
  const link = Object.assign(document.createElement("a"), { href: new URL(location, tree), innerHTML: title })
  link.addEventListener("click", () => link.closest("dialog").close())
  const page = pages.get(location.split("#")[0])
  const words = document.createElement("p")
  words.append(...excerpt(text))
  item.append(link, ...(location.includes("#") && page ? [" · ", Object.assign(document.createElement("span"), { innerHTML: page })] : []), words)
  return item
}

// The text around its first mark, some words before and after, as nodes.
const excerpt = (html, before = 8, length = 32) => {
  const body = new DOMParser().parseFromString(html.replaceAll("<", " <"), "text/html").body
  const pieces = []
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode())
    for (const word of walker.currentNode.data.split(/\s+/).filter(Boolean)) pieces.push([word, walker.currentNode.parentNode.closest("mark")])
  const first = Math.max(0, pieces.findIndex(([, mark]) => mark) - before)
  return pieces.slice(first, first + length).flatMap(([word, mark]) => {
    if (!mark) return [word, " "]
    return [Object.assign(document.createElement("mark"), { textContent: word }), " "]
  })
}
