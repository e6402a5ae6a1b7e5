/**
 * One place in the order of Tab for whatever holds many things to press: a table's rows, a list, a bar (roving tabindex
 * of the ARIA Authoring Practices). Up and down go from row to row in the same column, left and right within a row, Home
 * and End to the ends. What is typed into stays in the order of Tab, since arrows mean something there.
 */
const PRESSED = 'button, a[href], input[type="checkbox"]'
const PAGE = 10

/** where a key leads among rows of things; null: nowhere */
export function step<T>(rows: readonly (readonly T[])[], from: T, key: string): T | null {
  const y = rows.findIndex((row) => row.includes(from))
  if (y < 0) return null
  const x = rows[y].indexOf(from)
  const down = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE, Home: -Infinity, End: Infinity }[key]
  const across = { ArrowRight: 1, ArrowLeft: -1 }[key]
  // a bar is one row, whichever way it runs
  if (rows.length === 1 && down !== undefined) return rows[0][within(rows[0], x + down)]
  if (down !== undefined) {
    const row = rows[within(rows, y + down)]
    return row[within(row, x)]
  }
  return across === undefined ? null : (rows[y][x + across] ?? null)
}

const within = (list: readonly unknown[], at: number): number => Math.min(list.length - 1, Math.max(0, at))

/**
 * @param stop which of its things Tab leads to as long as the focus was on none, else the first
 * @returns an attachment of the element that holds them; a pane that scrolls and holds none is a stop itself
 */
export function oneStop({ stop, pane = false }: { stop?: string; pane?: boolean } = {}): (
  node: HTMLElement
) => () => void {
  return (node) => {
    let last: HTMLElement | null = null
    let inside = false

    const things = (): HTMLElement[] =>
      [...node.querySelectorAll<HTMLElement>(PRESSED)].filter((one) => !(one as HTMLButtonElement).disabled)
    const rowsOf = (list: readonly HTMLElement[]): HTMLElement[][] => {
      const rows = new Map<Element, HTMLElement[]>()
      for (const one of list) {
        const row = one.closest('tr, li, dd, [role="row"]')
        const key = row && node.contains(row) ? row : node
        rows.set(key, [...(rows.get(key) ?? []), one])
      }
      return [...rows.values()]
    }

    function set(): void {
      const list = things()
      const usual = stop ? list.find((one) => one.matches(stop)) : undefined
      const kept = last && list.includes(last) ? last : undefined
      const at = (inside ? (kept ?? usual) : stop ? (usual ?? kept) : kept) ?? list[0]
      for (const one of list) one.tabIndex = one === at ? 0 : -1
      if (pane) node.tabIndex = list.length > 0 ? -1 : 0
      // what had the focus is gone (its row was removed): the next one has it
      if (inside && last && !last.isConnected && document.activeElement === document.body) at?.focus()
    }

    const enter = (event: FocusEvent): void => {
      inside = true
      const thing = (event.target as Element).closest<HTMLElement>(PRESSED)
      if (thing) last = thing
      set()
    }
    const leave = (event: FocusEvent): void => {
      if (node.contains(event.relatedTarget as Node | null)) return
      // without another target it may be that the thing itself was taken away
      inside = event.relatedTarget === null && document.hasFocus() && !(event.target as Node).isConnected
      set()
    }
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return
      const from = things().find((one) => one === event.target)
      const to = from && step(rowsOf(things()), from, event.key)
      if (!to) return
      event.preventDefault()
      event.stopPropagation()
      to.focus()
    }

    const watch = new MutationObserver(set)
    const attributeFilter = ['disabled', 'aria-pressed', 'aria-current', 'aria-selected']
    watch.observe(node, { childList: true, subtree: true, attributes: true, attributeFilter })
    node.addEventListener('focusin', enter)
    node.addEventListener('focusout', leave)
    node.addEventListener('keydown', press)
    set()
    return () => {
      watch.disconnect()
      node.removeEventListener('focusin', enter)
      node.removeEventListener('focusout', leave)
      node.removeEventListener('keydown', press)
    }
  }
}
