/** A line as a shell hands it to the command line, and what that makes of it. */
import { parse } from '../../src-main/cli/program'

/** as a shell splits it: blanks, and single quotes with their '\'' */
function words(line: string): string[] {
  const parts = line.match(/(?:'[^']*'|\\'|[^\s'])+/g) ?? []
  return parts.map((part) =>
    part
      .replaceAll(String.raw`'\''`, '\u0000')
      .replaceAll("'", '')
      .replaceAll('\u0000', "'")
  )
}

export function request(line: string): ReturnType<typeof parse> {
  const [program, ...argv] = words(line)
  if (program !== 'inloop') throw new Error(`no line of the command line: ${line}`)
  return parse(argv, '0.0.0')
}
