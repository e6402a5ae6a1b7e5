/** The oscilloscope's colours out of the tokens; read inside an effect they follow the theme. */
import { tokens } from '../plot/tokens.svelte'
import type { TraceColours } from './trace-picture'

/** of the traces laid over the newest, which has the first run's colour */
export const KEPT_TOKENS = ['--run-2', '--run-3', '--run-5', '--run-4', '--run-7', '--run-6'] as const

export function traceColours(): TraceColours {
  return {
    plot: tokens.colour('--bg-plot'),
    pane: tokens.colour('--bg-pane'),
    grid: tokens.colour('--grid'),
    edge: tokens.colour('--line-strong'),
    ink1: tokens.colour('--ink-1'),
    ink2: tokens.colour('--ink-2'),
    ink3: tokens.colour('--ink-3'),
    trace: tokens.colour('--after'),
    kept: KEPT_TOKENS.map((token) => tokens.colour(token)),
    cursor: tokens.colour('--cursor'),
    void: tokens.colour('--void')
  }
}
