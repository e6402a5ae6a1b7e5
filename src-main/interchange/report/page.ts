/**
 * A report in one file: readable without the program, light and dark, no script and no request to anywhere. Sections are
 * HTML made by the other files of this folder; whatever text comes from people goes through `text`.
 */

export interface Section {
  title: string
  /** HTML */
  body: string
}

const ESCAPES: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

export function text(value: unknown): string {
  return String(value).replace(/[&<>"]/g, (character) => ESCAPES[character])
}

/** four significant digits, a true minus sign; – where there is no number */
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–'
  const short = Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)))
  return short.replace('-', '−')
}

/** shown short, in full where the pointer rests; who has paper finds it in the report's appendix */
interface Short {
  short: string
  full: string
}
export type Cell = string | number | null | Short

/** a longer text goes on in the next line of its cell */
const LONG = 40

export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const cell = (value: Cell): string => {
    if (typeof value === 'string') return `<td${value.length > LONG ? ' class="long"' : ''}>${text(value)}</td>`
    if (typeof value === 'number' || value === null) return `<td class="n">${figure(value)}</td>`
    return `<td><abbr title="${text(value.full)}">${text(value.short)}</abbr></td>`
  }
  const body = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n')
  const label = `Table of ${head.slice(0, 3).join(', ')}`
  return `<div class="wide" role="group" tabindex="0" aria-label="${text(label)}"><table><thead><tr>${head.map((name) => `<th scope="col">${text(name)}</th>`).join('')}</tr></thead>
<tbody>${body}</tbody></table></div>`
}

/** what a picture is drawn from, for those who want the numbers */
export function numbers(head: readonly string[], rows: readonly (readonly Cell[])[], what = 'In numbers'): string {
  return `<details><summary>${text(what)}</summary>${table(head, rows)}</details>`
}

/** what was given or found, name by name */
export function facts(entries: { readonly [name: string]: string | number | null }): string {
  const items = Object.entries(entries).map(
    ([name, value]) =>
      `<dt>${text(name)}</dt><dd>${typeof value === 'number' ? figure(value) : text(value ?? '–')}</dd>`
  )
  return `<dl>${items.join('\n')}</dl>`
}

/** @param lead one paragraph, plain text */
export function page(title: string, lead: string, sections: readonly Section[]): string {
  const parts = sections.map(({ title: name, body }) => `<section><h2>${text(name)}</h2>\n${body}</section>`)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1>${text(title)}</h1><p>${text(lead)}</p></header>
<main>
${parts.join('\n')}
</main>
</body>
</html>
`
}

const STYLE = `
:root { color-scheme: light dark; --blue: #2757bd; --orange: #a6611a; --green: #699176; --purple: #49045a; --ochre: #bb8318; --sky: #0593e6; --brown: #72480d; --grey: #3d3d3d; --bg: #fbfbfa; --ink: #1c1d1f; --soft: #5b5f66; --line: #d9dadc; --before: #8a8f98; --after: #1f6fb2; --mark: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --blue: #55aeff; --orange: #c45805; --green: #228f71; --purple: #a55bcd; --ochre: #bea936; --sky: #99d4ff; --brown: #eec9a8; --grey: #f2f2f2; --bg: #16171a; --ink: #e7e8ea; --soft: #a3a7ae; --line: #34363b; --before: #7c828c; --after: #5aa9e6; --mark: #ff8a80; } }
body { margin: 0 auto; max-width: 1080px; padding: 24px 20px 64px; background: var(--bg); color: var(--ink); font: 14px/1.45 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
h1 { font-size: 22px; margin: 0 0 4px; } h2 { font-size: 16px; margin: 32px 0 8px; border-top: 1px solid var(--line); padding-top: 16px; } h3 { font-size: 14px; margin: 20px 0 4px; }
p, figcaption { color: var(--soft); margin: 0 0 8px; } .wide { overflow-x: auto; }
table { border-collapse: collapse; } th, td { text-align: left; padding: 3px 12px 3px 0; border-bottom: 1px solid var(--line); white-space: nowrap; } th { color: var(--soft); font-weight: 500; white-space: normal; vertical-align: bottom; } .n { text-align: right; } .long { white-space: normal; overflow-wrap: anywhere; min-width: 26ch; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 0; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
.small { max-width: 780px; } .drawn { min-width: 0; } .pair.small { grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); } .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 8px 24px; } figure { margin: 0; max-width: 780px; } svg { width: 100%; height: auto; display: block; } svg text { fill: var(--soft); font-size: 10px; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: color-mix(in srgb, var(--ink) 6%, transparent); padding: 8px 12px; margin: 4px 0 12px; } summary { cursor: pointer; color: var(--soft); margin: 8px 0; } .warning { color: var(--mark); }
svg.key { display: inline-block; width: 24px; height: 8px; } figcaption span { margin-right: 12px; white-space: nowrap; } svg .digit { font-size: 9px; fill: var(--ink); }
abbr { text-decoration: none; }
@page { margin: 14mm; }
@media print { body { max-width: none; padding: 0; } figure, tr { break-inside: avoid; } h2 { break-after: avoid; } thead { display: table-header-group; } .wide { overflow: visible; } th, td { white-space: normal; overflow-wrap: break-word; padding-right: 8px; font-size: 10.5px; } }
`
