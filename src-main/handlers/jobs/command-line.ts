/** The command that asks for the same as a recorded job: settings as the command line writes them. */

/** @param input of the job, as it was validated; what was left to its default is written out */
export function commandOf(path: string, input: unknown): string {
  const { method, set = {}, ...rest } = input as { method?: string; set?: object; [key: string]: unknown }
  const words = ['inloop', path, ...(method === undefined ? [] : [method])]
  for (const [key, value] of Object.entries(rest)) {
    if (value === undefined || value === null || value === false) continue
    const flag = `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
    if (value === true) words.push(flag)
    else if (typeof value !== 'object') words.push(flag, quoted(String(value)))
  }
  for (const [key, value] of Object.entries(set)) words.push('--set', quoted(`${key}=${String(value)}`))
  return words.join(' ')
}

function quoted(text: string): string {
  return /^[\w.,:=/@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
