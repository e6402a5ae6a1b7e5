/** What is copied of an error that is shown: the panel hands over its words, the frame adds what it knows besides. */
import { createContext } from 'svelte'

/** @param more what takes asking for, as a stack */
export type CopyDetails = (lines: readonly (string | null | undefined)[], more?: () => Promise<string | null>) => void

const [get, set, provided] = createContext<CopyDetails>()

/** for all panels below the component that calls this */
export const provideDetails = (copy: CopyDetails): CopyDetails => set(copy)

/** null: nothing can be copied here */
export const detailsAround = (): CopyDetails | null => (provided() ? get() : null)
