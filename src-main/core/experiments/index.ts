/** The papers' experiments that there are. Add one here. */
import { cramer2022 } from './cramer-2022'
import { delgrad2025 } from './delgrad-2025'
import { goeltz2021 } from './goeltz-2021'
import type { Experiment } from './types'
import { yinYangReferences } from './yin-yang'

export const EXPERIMENTS: readonly Experiment[] = [yinYangReferences, cramer2022, goeltz2021, delgrad2025]
