/** What of h5wasm is used here; nothing else of it is reached. */
declare module 'h5wasm/node' {
  interface Numbers {
    /** classes of HDF5: 0 whole, 1 floating, 9 lists */
    type: number
    /** bytes */
    size: number
    signed: boolean
    vlen_type?: Numbers
  }

  /** the HDF5 library's own memory and calls */
  interface Library {
    HEAPU8: Uint8Array<ArrayBuffer>
    _malloc(bytes: number): number
    _free(at: number): void
    activate_throwing_error_handler(): number
    get_dataset_data(
      file: bigint,
      path: string,
      count: bigint[],
      offset: bigint[],
      strides: bigint[],
      to: bigint
    ): number
    reclaim_vlen_memory_count(file: bigint, path: string, attribute: string, at: bigint, count: bigint[]): number
  }

  class Dataset {
    readonly file_id: bigint
    readonly path: string
    readonly metadata: Numbers
    readonly shape: number[] | null
    readonly value: unknown
  }

  class File {
    constructor(name: string, mode: 'r')
    get(path: string): Dataset | { path: string } | null
    close(): number
  }

  export const ready: Promise<Library>
  const h5wasm: { File: typeof File }
  export default h5wasm
  export type { Dataset, File, Library }
}
