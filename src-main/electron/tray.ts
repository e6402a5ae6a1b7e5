/** The icon that stands for the window while it is closed and jobs go on. */
import path from 'node:path'
import { app, type BrowserWindow, Menu, nativeImage, Tray as SystemTray } from 'electron'
import type { Events } from '../contract'
import type { Service } from '../handlers/service'
import { resources } from './places'

export class Tray {
  #icon: SystemTray | undefined
  #told = ''

  constructor(
    private readonly window: BrowserWindow,
    service: Service
  ) {
    service.subscribe((event, payload) => {
      if (event === 'job') this.#tell(payload as Events['job'])
    })
    window.on('show', () => this.#remove())
  }

  hideWindow(): void {
    this.window.hide()
    app.dock?.hide()
    const image = nativeImage.createFromPath(path.join(resources(), 'icons/tray.png'))
    this.#icon ??= new SystemTray(image)
    this.#icon.setToolTip('Inloop: jobs go on')
    this.#icon.on('click', () => this.showWindow())
    this.#icon.setContextMenu(
      Menu.buildFromTemplate([
        { label: 'Open Inloop', click: () => this.showWindow() },
        { type: 'separator' },
        { label: 'Quit', click: () => this.window.close() }
      ])
    )
  }

  showWindow(): void {
    void app.dock?.show()
    if (this.window.isMinimized()) this.window.restore()
    this.window.show()
    this.window.focus()
  }

  #tell({ title, status, progress }: Events['job']): void {
    const share = progress && status === 'running' ? `${Math.round(100 * progress.share)} %` : status
    const text = `Inloop: ${title}, ${share}`
    if (text !== this.#told) this.#icon?.setToolTip(text)
    this.#told = text
  }

  #remove(): void {
    this.#icon?.destroy()
    this.#icon = undefined
  }
}
