/** What a person does to a run, the same wherever it is done: kept, said, with the command that does the same. */
import type { RunStyle } from '../../src-main/contract/run-style'
import type { Run } from '../api/types'
import { cli } from '../lib/text/cli'
import type { Session } from './session.svelte'

export const starRun = (session: Session, run: Run): Promise<boolean> =>
  session.act(run.star ? `${run.id} has no star any more` : `${run.id} starred`, cli.runStar(run.id, !run.star), () =>
    session.runTable.star(run)
  )

/** @returns why main refuses; null: it is kept */
export const renameRun = (session: Session, run: Run, name: string): Promise<string | null> =>
  session.write(`${run.id} renamed`, cli.runRename(run.id, name), () => session.runTable.rename(run, name))

export const drawRun = (session: Session, run: Run, style: RunStyle): Promise<boolean> =>
  session.act(
    `${run.id} is drawn in ${style.colour}, ${style.line}`,
    cli.runColour(run.id, style.colour, style.line),
    () => session.runTable.draw(run, style)
  )

/** @returns why main refuses; null: it is kept */
export const noteOnRun = (session: Session, run: Run, note: string): Promise<string | null> =>
  session.write(`Note on ${run.id} kept`, cli.runNote(run.id, note), () => session.runTable.note(run, note))

/** @returns why main refuses; null: it is kept */
export const tagRun = (session: Session, run: Run, tags: string[]): Promise<string | null> =>
  session.write(`Tags of ${run.id} kept`, cli.runTag(run.id, tags), () => session.runTable.tag(run, tags))

/** into the trash or out of it; taken back by Undo */
export async function setRunDeleted(session: Session, run: Run, deleted: boolean): Promise<void> {
  const { runTable: table, undo } = session
  const label = deleted ? `${run.id} to the trash` : `${run.id} restored`
  const done = await session.act(label, cli.runDeleted(run.id, deleted), () => table.setDeleted(run, deleted))
  if (!done) return
  undo.push(
    label,
    () => table.setDeleted(run, !deleted),
    () => table.setDeleted(run, deleted)
  )
}

/** makes a run the reference of the workspace, or the one that is no longer; taken back by Undo */
export function markReference({ comparison, undo }: Session, id: string): void {
  const was = comparison.golden
  const becomes = was === id ? '' : id
  comparison.setGolden(becomes)
  const turn = (to: string) => async () => comparison.setGolden(to)
  undo.push(becomes === '' ? `${id} is no reference any more` : `${id} as the reference`, turn(was), turn(becomes))
}

/** all of a run in one file */
export const exportRun = (session: Session, run: Run): Promise<boolean> =>
  session.act(`${run.id} exported`, cli.exportRun(run.id), () => session.runTable.saveBundle(run))
