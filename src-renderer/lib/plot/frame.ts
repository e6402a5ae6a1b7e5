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
