/**
 * Typed arrays inside one (shared) WebAssembly memory, so that kernels and TypeScript see the same numbers without
 * copies. A bump allocator: members of a team that make the same calls get the same addresses, which is how they share.
 */
export interface Slab<A> {
  /** byte address inside the memory, 64-byte aligned */
  readonly at: number
  readonly data: A
}

const PAGE = 65536
const ALIGN = 64

export class Arena {
  #next: number

  /**
   * @param memory the memory that the kernels' module imports
   * @param start first free byte: past the module's static data (its `__heap_base`)
   */
  constructor(
    readonly memory: WebAssembly.Memory,
    start: number
  ) {
    this.#next = Math.ceil(start / ALIGN) * ALIGN
  }

  f32(length: number): Slab<Float32Array> {
    const at = this.#take(length * 4)
    return { at, data: new Float32Array(this.memory.buffer, at, length) }
  }

  f64(length: number): Slab<Float64Array> {
    const at = this.#take(length * 8)
    return { at, data: new Float64Array(this.memory.buffer, at, length) }
  }

  i32(length: number): Slab<Int32Array> {
    const at = this.#take(length * 4)
    return { at, data: new Int32Array(this.memory.buffer, at, length) }
  }

  u16(length: number): Slab<Uint16Array> {
    const at = this.#take(length * 2)
    return { at, data: new Uint16Array(this.memory.buffer, at, length) }
  }

  u8(length: number): Slab<Uint8Array> {
    const at = this.#take(length)
    return { at, data: new Uint8Array(this.memory.buffer, at, length) }
  }

  /** remembers the current end; `release` gives everything after it back */
  mark(): number {
    return this.#next
  }

  release(mark: number): void {
    this.#next = mark
  }

  #take(bytes: number): number {
    const at = this.#next
    this.#next = Math.ceil((at + bytes) / ALIGN) * ALIGN
    const missing = this.#next - this.memory.buffer.byteLength
    // A shared memory's old views stay valid when it grows. Growing races between members are harmless: it only ever grows.
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE))
    return at
  }
}
