/**
 * What a person means by a few words, best first: the very name of something, then what begins with it, then whatever has
 * all the words. Ids that only the program uses are not searched: nobody sees them.
 */
export interface Findable {
  group: string
  label: string
  note?: string
  /** other names of what it opens, as its id where people write it: as good as the label */
  names?: readonly string[]
}

/** @returns 0 for the very name, more for less; null: it has not all the words */
export function rankOf(entry: Findable, typed: string): number | null {
  const text = plain(typed)
  if (text === '') return 0
  const names = [entry.label, ...(entry.names ?? [])].map(plain)
  if (names.includes(text)) return 0
  if (names.some((name) => name.startsWith(text))) return 1
  const all = plain([...names, entry.group, entry.note ?? ''].join(' '))
  const words = text.split(' ')
  if (words.every((word) => begins(names.join(' '), word))) return 2
  return words.every((word) => all.includes(word)) ? 3 : null
}

/** those that are meant; equally good ones stay in their order, and a group stands where its best one does */
export function ranked<T extends Findable>(entries: readonly T[], typed: string): T[] {
  const found = entries.flatMap((entry) => {
    const rank = rankOf(entry, typed)
    return rank === null ? [] : [{ entry, rank }]
  })
  const best = new Map<string, number>()
  for (const { entry, rank } of found) best.set(entry.group, Math.min(rank, best.get(entry.group) ?? Infinity))
  const groups = [...best.keys()]
  const place = (group: string): number => 10 * groups.length * (best.get(group) ?? 0) + groups.indexOf(group)
  return found.sort((a, b) => place(a.entry.group) - place(b.entry.group) || a.rank - b.rank).map(({ entry }) => entry)
}

function plain(text: string): string {
  return text.toLowerCase().trim().replace(/\s+/g, ' ')
}

function begins(text: string, word: string): boolean {
  return ` ${text}`.includes(` ${word}`)
}
