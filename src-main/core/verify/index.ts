/**
 * Checks the code that training and emulation call against files of reference values. A file names its check with the
 * key `suite` and its limits with the key `limits`.
 */
import { InputError } from '../errors/input-error'
import { verifyDelgrad } from './delgrad'
import { verifyDistributions } from './distributions/suite'
import { Entry } from './document'
import type { Suite } from './errors'
import { verifyLifTraces } from './lif-traces'
import { verifyMnist16 } from './mnist16'
import { verifySurrogate } from './surrogate'
import type { VerifyTools } from './tools'
import { verifyTtfs } from './ttfs'
import { verifyYinYang } from './yin-yang'

export type { Suite } from './errors'

const SUITES: Readonly<Record<string, (file: Entry, tools: VerifyTools) => Suite>> = {
  surrogate: verifySurrogate,
  mnist16: verifyMnist16,
  lif_traces: verifyLifTraces,
  yin_yang: verifyYinYang,
  ttfs: verifyTtfs,
  delgrad: verifyDelgrad,
  distributions: (file, { open }) => verifyDistributions(file, open)
}

/** suites that take minutes: they ship, and run where their file is named */
const ON_REQUEST: readonly string[] = ['distributions']

/** the files that ship with the program, in resources/vectors, and run where none is named */
export const VECTOR_FILES: readonly string[] = Object.keys(SUITES)
  .filter((suite) => !ON_REQUEST.includes(suite))
  .map((suite) => `${suite}.json`)

/**
 * @param document the parsed JSON of a file @param name what messages call the file
 * @throws InputError, one line, if the file is not what its suite needs
 */
export function verify(document: unknown, name: string, tools: VerifyTools): Suite {
  const file = new Entry(document, name)
  const suite = file.get('suite').text()
  if (Object.hasOwn(SUITES, suite)) return SUITES[suite](file, tools)
  throw new InputError(
    'damaged-file',
    `${name}: suite '${suite}' is unknown; allowed are ${Object.keys(SUITES).join(', ')}`
  )
}
