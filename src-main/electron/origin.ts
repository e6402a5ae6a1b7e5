/**
 * The window's own origin, inloop://app. Pages from files would share the one origin of all files; with a scheme of our
 * own, 'self' in the page's content security policy means this bundle and nothing else.
 */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { protocol, type Session } from 'electron'
import { developmentServer, RENDERER } from './places'

const SCHEME = 'inloop'
const HOST = 'app'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2'
}

/** must be called before the app is ready */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }
  ])
}

/** @param served called once the page was handed out: its process is being made then, and minds nothing for a while */
export function serveOrigin(session: Session, served: () => void): void {
  session.protocol.handle(SCHEME, async ({ url }) => {
    const file = bundleFile(url)
    if (!file) return new Response('not found', { status: 404 })
    try {
      const extension = path.extname(file)
      const type = TYPES[extension] ?? 'application/octet-stream'
      const answer = new Response(await readFile(file), { headers: { 'content-type': type } })
      if (extension === '.html') setTimeout(served)
      return answer
    } catch {
      return new Response('not found', { status: 404 })
    }
  })
}

export function startPage(): string {
  return developmentServer() ?? `${SCHEME}://${HOST}/index.html`
}

export function isOwnPage(url: string): boolean {
  const server = developmentServer()
  return url.startsWith(`${SCHEME}://${HOST}/`) || (server !== undefined && url.startsWith(`${server}/`))
}

/** the file that an address names, if it lies in the bundle */
function bundleFile(url: string): string | null {
  const { host, pathname } = new URL(url)
  const file = path.join(RENDERER, decodeURIComponent(pathname))
  return host === HOST && file.startsWith(RENDERER + path.sep) ? file : null
}
