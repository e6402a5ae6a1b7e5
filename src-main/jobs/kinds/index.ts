/** One entry a kind of job; a kind without one does not compile. */
import type { TaskKind } from '../../compute/protocol'
import { accept } from './accept'
import { bench } from './bench'
import { calibrate } from './calibrate'
import { evaluate } from './evaluate'
import type { JobKind } from './kind'
import { robustness } from './robustness'
import { train } from './train'
import { verify } from './verify'

export const kinds: { [K in TaskKind]: JobKind<K> } = { calibrate, accept, train, evaluate, robustness, bench, verify }
