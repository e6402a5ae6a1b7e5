/** export, import */
import { command } from '../command'

const size = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`

export const bundleCommands = [
  command({
    path: 'export',
    endpoint: 'export',
    args: ['subject', '[file]'],
    show: ({ file, bytes, sha256, parts }) => `${file} (${size(bytes)}: ${parts.join(', ')})\nsha256 ${sha256}`
  }),
  command({
    path: 'import',
    endpoint: 'import',
    args: ['file'],
    show: ({ file, run, chip, calibration, notes }) =>
      [
        run ? `${file} is run ${run.id} here` : `${file} is calibration ${calibration} of chip ${chip} here`,
        ...notes.map((note) => `note: ${note}`)
      ].join('\n')
  })
]
