/** An equation written as plain text, taken apart: _x and _{…} stand below the line, ^x and ^{…} above, and may nest. */
interface Piece {
  at: 'line' | 'below' | 'above'
  text: string
}

const WORD = /^([+−]|[\p{L}\p{M}\d]+)/u

export function piecesOf(equation: string): Piece[] {
  const pieces: Piece[] = []
  let line = ''
  for (let k = 0; k < equation.length;) {
    const sign = equation[k]
    const text = sign === '_' || sign === '^' ? setOff(equation.slice(k + 1)) : ''
    if (text === '') {
      line += sign
      k++
      continue
    }
    if (line !== '') pieces.push({ at: 'line', text: line })
    line = ''
    pieces.push({ at: sign === '_' ? 'below' : 'above', text: text.startsWith('{') ? text.slice(1, -1) : text })
    k += 1 + text.length
  }
  if (line !== '') pieces.push({ at: 'line', text: line })
  return pieces
}

/** a word, or braces with what is between them; '' if there is neither */
function setOff(rest: string): string {
  if (!rest.startsWith('{')) return WORD.exec(rest)?.[0] ?? ''
  let depth = 0
  for (let k = 0; k < rest.length; k++) {
    if (rest[k] === '{') depth++
    if (rest[k] === '}' && --depth === 0) return rest.slice(0, k + 1)
  }
  return ''
}
