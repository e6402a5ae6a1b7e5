/** Terms in the filter line, which facets put in and take out: the line stays the one place that says what is shown. */

function termOf(field: string, value: string): string {
  return `${field}=${/[\s()"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value}`
}

/** `field=…` where it stands alone, quoted or not */
function pattern(field: string): RegExp {
  return new RegExp(String.raw`(^|\s)${field}=("[^"]*"|[^\s()"]+)(?=\s|$)`, 'g')
}

export function hasTerm(text: string, field: string, value: string): boolean {
  return [...text.matchAll(pattern(field))].some((found) => found[0].trim() === termOf(field, value))
}

/** with the term, in the place of another one of the same field */
export function withTerm(text: string, field: string, value: string): string {
  return hasTerm(text, field, value) ? text : toggleTerm(text, field, value)
}

/** takes the term out, or puts it in the place of another one of the same field */
export function toggleTerm(text: string, field: string, value: string): string {
  const rest = text.replace(pattern(field), ' ').replace(/\s+/g, ' ').trim()
  if (hasTerm(text, field, value)) return rest
  // what stands beside an OR must be held together first
  const kept = / OR /.test(rest) && !/^\([^()]*\)$/.test(rest) ? `(${rest})` : rest
  return [kept, termOf(field, value)].filter(Boolean).join(' ')
}
