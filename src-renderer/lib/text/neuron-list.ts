/** Neurons as people list them: "41, 300-303". */

/** @returns the neurons, ascending and once each, or what is wrong in one line */
export function neuronsOf(text: string, neurons: number): number[] | string {
  const found = new Set<number>()
  for (const part of text.split(/[\s,;]+/).filter(Boolean)) {
    const [, from, to = from] = /^(\d+)(?:[-–](\d+))?$/.exec(part) ?? []
    if (from === undefined || Number(from) > Number(to) || Number(to) >= neurons) {
      return `"${part}" given; allowed: 0 to ${neurons - 1}, or a range like 12-15`
    }
    for (let n = Number(from); n <= Number(to); n++) found.add(n)
  }
  return [...found].sort((a, b) => a - b)
}
