/** Mounts the window over a bridge: the preload's in the product, a synthetic one in tests and pictures. */
import '@fontsource-variable/inter'
import '../styles/tokens.css'
import '../styles/base.css'
import { mount } from 'svelte'
import { createClient } from '../api/client'
import type { Bridge } from '../../src-main/contract/bridge'
import App from './App.svelte'

export function openWindow(bridge: Bridge): void {
  const target = document.getElementById('app')
  if (!target) throw new Error('the page has no element #app')
  mount(App, { target, props: { client: createClient(bridge) } })
}
