/** How the accuracy of many runs went, as much as a line of a table can show. Reads epochs alone, no array. */
import type { Db } from '../database'

/** points of a curve at most; the last epoch is always one */
export const CURVE_POINTS = 32

export interface RunCurve {
  run: string
  epoch: number[]
  /** 0 to 1 */
  testAccuracy: number[]
}

/** every k-th epoch of each run, so that no curve has more than CURVE_POINTS, and the last */
export const CURVES_SQL = `select e.run, e.epoch, e.test_accuracy as testAccuracy
  from json_each(?) as asked join run r on r.id = asked.value join run_epoch e on e.run = r.id
  where e.test_accuracy is not null
    and (e.epoch = r.epochs_done or e.epoch % ((r.epochs_done + ${CURVE_POINTS - 2}) / ${CURVE_POINTS - 1}) = 0)
  order by asked.key, e.epoch`

export function runCurves(db: Db) {
  const points = db.prepare<[string], { run: string; epoch: number; testAccuracy: number }>(CURVES_SQL)
  return {
    /** in the order of the runs; a run without an epoch that was tested has none */
    of: (runs: readonly string[]): RunCurve[] => {
      const curves = new Map<string, RunCurve>()
      for (const { run, epoch, testAccuracy } of points.all(JSON.stringify(runs))) {
        const curve = curves.get(run) ?? { run, epoch: [], testAccuracy: [] }
        curves.set(run, curve)
        curve.epoch.push(epoch)
        curve.testAccuracy.push(testAccuracy)
      }
      return [...curves.values()]
    }
  }
}
