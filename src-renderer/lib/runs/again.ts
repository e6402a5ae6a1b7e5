/** What a run was asked for, so that it can be asked for again: in the form, and as a command line. */
import type { Input } from '../../../src-main/contract'
import type { Option, RunDetail } from '../../api/types'

export type Asked = Pick<
  Input<'train'>,
  'method' | 'dataset' | 'chip' | 'calibration' | 'epochs' | 'batch' | 'seed' | 'limitTrain' | 'limitTest'
> & { set: Record<string, number | string | boolean | null> }

/**
 * What was left open then is left open again, whatever it came to.
 * @param options settings of the run's method, with their defaults: of a run that does not say what was asked for, what
 *   differs from those
 */
export function asked(run: RunDetail, options: readonly Option[]): Asked {
  const { config } = run
  const said = run.asked ?? config
  const given = options.filter(({ key, default: usual }) => (said[key] ?? null) !== null && said[key] !== usual)
  const number = (key: string): { [key: string]: number } => {
    const value = config[key]
    return typeof value === 'number' ? { [key]: value } : {}
  }
  return {
    method: run.method,
    dataset: run.dataset,
    chip: run.chip,
    calibration: run.calibration ?? (run.chip === 'ideal' ? 'active' : 'none'),
    epochs: run.epochs,
    seed: run.seed,
    ...number('batch'),
    ...number('limitTrain'),
    ...number('limitTest'),
    set: Object.fromEntries(given.map(({ key }) => [key, said[key]]))
  }
}
