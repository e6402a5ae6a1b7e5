/** The groups of acceptance checks, in the order of reports. Add a group here. */
import { capacitance } from './capacitance'
import { coba } from './coba'
import { columnAssignment } from './column-assignment'
import { fastConverter } from './fast-converter'
import { firing } from './firing'
import type { Group } from './group'
import { inputDrift } from './input-drift'
import { refractory } from './refractory'
import { thresholdCrossCheck } from './threshold-cross-check'
import { volley } from './volley'

export const GROUPS: readonly Group[] = [
  refractory,
  columnAssignment,
  fastConverter,
  thresholdCrossCheck,
  volley,
  firing,
  inputDrift,
  coba,
  capacitance
]
