/** What the frame fetches after the first screen is there, in the order in which a person may come to it. */
import { Part } from '../lib/part.svelte'
import { CHIP_LIST, PAGES, VIEWS } from '../views/parts'

export const PALETTE = new Part(() => import('./Palette.svelte'))
export const JOB_SHEET = new Part(() => import('../components/frame/JobSheet.svelte'))
export const FORCE_STOP = new Part(() => import('../components/frame/ForceStop.svelte'))
export const PROTOCOL = new Part(() => import('../components/frame/ProtocolDialog.svelte'))
export const ALL = [
  PALETTE,
  JOB_SHEET,
  FORCE_STOP,
  PROTOCOL,
  CHIP_LIST,
  PAGES.map,
  ...Object.values(VIEWS),
  ...Object.values(PAGES)
]
