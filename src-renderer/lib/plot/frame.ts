/** Does it when the frame that is being made is on the screen. @returns forgets it */
export function afterFrame(work: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>
  const frame = requestAnimationFrame(() => (timer = setTimeout(work)))
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}

/** Runs the newest of many requests once, at the next frame: live data redraw at most once a frame. */
export function oncePerFrame(draw: () => void): { request(): void; cancel(): void } {
  let pending = 0
  return {
    request() {
      if (pending === 0) {
        pending = requestAnimationFrame(() => {
          pending = 0
          draw()
        })
      }
    },
    cancel() {
      cancelAnimationFrame(pending)
      pending = 0
    }
  }
}
