/** Starts the window over the bridge that the preload script exposes. */
import { openWindow } from './app/open'

openWindow(window.inloop)
