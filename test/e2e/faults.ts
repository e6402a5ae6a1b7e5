/** Makes main answer badly, so that a page shows what it shows then: it refuses some questions, or never answers them. */
import type { Bench } from './bench'

type Handler = (event: unknown, name: string, input: unknown) => unknown

/** @param how a line that main refuses with; null: it never answers. @returns ends it */
export async function fault({ app }: Bench, names: string[], how: string | null): Promise<() => Promise<void>> {
  await app.evaluate(
    ({ ipcMain }, { names, how }) => {
      const channel = 'inloop:invoke'
      const all = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })._invokeHandlers
      const usual = all.get(channel)
      if (!usual) throw new Error('main answers nothing')
      // a question that nothing holds on to would be collected, and answered with a refusal
      const unanswered: unknown[] = []
      Object.assign(globalThis, { usual, unanswered })
      all.set(channel, (event, name, input) => {
        if (!names.includes(name)) return usual(event, name, input)
        return how === null
          ? new Promise((answer) => unanswered.push(answer))
          : { error: { code: 'internal', message: how } }
      })
    },
    { names, how }
  )
  return () =>
    app.evaluate(({ ipcMain }) => {
      const { usual } = globalThis as unknown as { usual: Handler }
      const all = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })._invokeHandlers
      all.set('inloop:invoke', usual)
    })
}
