/** What the samples of a run's data set are called on screen. */
export { samplesOf } from '../../../src-main/contract/samples'
