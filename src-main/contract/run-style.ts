/**
 * In what a run is drawn, in every view and report: a hue and a line that are stored with it. Two runs of one picture that
 * are stored alike are told apart by another line, then by marks; the hue is never another one. (No zod here: the window's
 * first screen takes it.)
 */
export const HUES = ['blue', 'orange', 'green', 'purple', 'ochre', 'sky', 'brown', 'grey'] as const
export const LINES = ['solid', 'dashed', 'dotted', 'dash-dot'] as const
/** on the line, now and then */
const MARKS = ['none', 'disc', 'square'] as const

export type Hue = (typeof HUES)[number]
export type LineStyle = (typeof LINES)[number]

export interface RunStyle {
  colour: Hue
  line: LineStyle
}

export interface DrawnStyle extends RunStyle {
  mark: (typeof MARKS)[number]
}

/** on and off, px */
export const DASHES: { readonly [line in LineStyle]: readonly number[] } = {
  solid: [],
  dashed: [6, 2],
  dotted: [2, 2],
  'dash-dot': [8, 2, 2, 2]
}

const age = ({ id }: { id: string }): number => Number(/\d+$/.exec(id)?.[0] ?? 0)

/** by id; whatever the order of the runs, who is older keeps its own line. Twelve of one hue are told apart. */
export function toldApart(runs: readonly ({ id: string } & RunStyle)[]): ReadonlyMap<string, DrawnStyle> {
  const drawn = new Map<string, DrawnStyle>()
  const taken = new Set<string>()
  const take = (id: string, style: DrawnStyle): boolean => {
    const name = Object.values(style).join()
    if (taken.has(name)) return false
    taken.add(name)
    drawn.set(id, style)
    return true
  }
  const byAge = [...new Map(runs.map((run) => [run.id, run])).values()].sort((a, b) => age(a) - age(b))
  const clashing = byAge.filter(({ id, colour, line }) => !take(id, { colour, line, mark: 'none' }))
  for (const { id, colour, line } of clashing) {
    const choices = MARKS.flatMap((mark) => LINES.map((other) => ({ colour, line: other, mark })))
    if (!choices.some((style) => take(id, style))) drawn.set(id, { colour, line, mark: 'none' })
  }
  return drawn
}
