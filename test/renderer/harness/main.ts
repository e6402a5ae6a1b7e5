/** The window over synthetic data: for pictures and for tests of views. `?scene=` chooses what the workspace holds. */
import { openWindow } from '../../../src-renderer/app/open'
import { syntheticBridge } from './bridge'

const query = new URLSearchParams(location.search)
openWindow(syntheticBridge(query.get('scene') ?? 'bench', query.get('theme') ?? 'light'))
