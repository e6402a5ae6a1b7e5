/** What handlers can ask of the desktop around the window. The command line has none. */
export interface Shell {
  /** null: the person changed their mind */
  choose(title: string, kind: 'file' | 'folder'): Promise<string | null>
  /** where a new file goes that the person is offered under this name; null: they changed their mind */
  place(title: string, name: string): Promise<string | null>
  /** shows a file in the system's file manager */
  reveal(file: string): void
  /** opens it and closes the one that is open; if it cannot be opened, nothing changes */
  openWorkspace(folder: string): Promise<void>
}
