/** The Yin-Yang disc as views and reports show it: its classes, and which one a point belongs to. (No zod here.) */

/** mark of a cell that is no point of the disc */
export const OUTSIDE = -2
export const LABELS = ['yin', 'yang', 'dot'] as const

/** class of a point (Kriener, Göltz, Petrovici 2022; indices as in the data set), to tell right from wrong */
export function classAt(x: number, y: number): number {
  const right = Math.hypot(x - 0.75, y - 0.5)
  const left = Math.hypot(x - 0.25, y - 0.5)
  if (right < 0.1 || left < 0.1) return 2
  return left <= 0.25 || (y > 0.5 && right > 0.25) ? 1 : 0
}
