// One module for all kernels: add `export * from './name'` for each file of this folder.
export * from './adam'
export { arrivalPieces, arrivalRows } from './arrivals'
export * from './emulate'
export { emulateRecurrent } from './emulate-recurrent'
export { emulateSpikes } from './emulate-spikes'
export * from './first-spike'
export { adamParts } from './first-spike-loss'
export * from './ideal'
export * from './losses'
export * from './recurrent'
export * from './recurrent-back'
export * from './surrogate'
export * from './weights'

/** first byte past the module's static data: where the arena begins */
export function heapBase(): usize {
  return __heap_base
}
