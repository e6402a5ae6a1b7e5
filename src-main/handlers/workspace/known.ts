/**
 * The workspaces that were open before, and which of them is the current one: one small file beside the default
 * workspace, which window and command line both read, so that they find the same database without asking each other.
 */
import fs from 'node:fs'
import path from 'node:path'

const MOST = 12

export interface Known {
  current: string | null
  recent: string[]
}

const NONE: Known = { current: null, recent: [] }

/** a file that cannot be read is as good as none: nothing but a list of places is lost */
export function readKnown(file: string): Known {
  try {
    const { current, recent } = JSON.parse(fs.readFileSync(file, 'utf8')) as Partial<Known>
    const places = Array.isArray(recent) ? recent.filter((one) => typeof one === 'string' && path.isAbsolute(one)) : []
    return { current: typeof current === 'string' && path.isAbsolute(current) ? current : null, recent: places }
  } catch {
    return NONE
  }
}

/** it becomes the current one, and the first of the list */
export function rememberWorkspace(file: string, workspace: string): void {
  const recent = [workspace, ...readKnown(file).recent.filter((other) => other !== workspace)].slice(0, MOST)
  const next = `${file}.${process.pid}.part`
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(next, JSON.stringify({ current: workspace, recent } satisfies Known, null, 2))
  fs.renameSync(next, file)
}
