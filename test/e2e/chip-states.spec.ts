/**
 * The pages of a chip when there is nothing yet, when main has not answered, and when it refuses: each says what is
 * missing and how one goes on. A picture and axe in both themes each.
 */
import { button, MINUTE, open, PAGES, reload } from './around'
import { expect, test } from './bench'
import { fault } from './faults'
import { showState } from './looks'
import { withChip } from './small-bench'

const REFUSAL = 'the database is locked by another program'
/** what each page asks for, what it says while it waits, and what when it is refused */
const ASKS: Record<string, { names: string[]; waits: string; refused: string }> = {
  Map: { names: ['calibration.maps'], waits: 'Reading c-1', refused: 'The maps of c-1 could not be read' },
  Parts: {
    names: ['chip.converters', 'calibration.instances', 'calibration.curves'],
    waits: 'Reading HX-01',
    refused: 'The parts of HX-01 could not be read'
  },
  Versions: { names: ['chip.show'], waits: 'Reading HX-01', refused: 'HX-01 could not be read' },
  Layout: { names: ['chip.state'], waits: 'Reading HX-01', refused: 'HX-01 could not be read' },
  Scope: { names: ['chip.scope'], waits: 'Taking the first trace of HX-01', refused: 'No trace was taken' },
  Crossbar: { names: ['chip.scope'], waits: 'Sending the first events to HX-01', refused: 'No events were sent' },
  Synapses: {
    names: ['chip.scope'],
    waits: 'Reading the synapses of HX-01',
    refused: 'The synapses could not be read'
  }
}

test('the pages of a chip that was never calibrated', async ({ bench }) => {
  test.setTimeout(4 * MINUTE)
  const page = await withChip(bench, 'blank')
  const main = page.getByRole('main')
  const there = {
    Map: main.getByText('HX-01 is not calibrated'),
    Parts: main.getByText('not calibrated: as the data sheet’s codes leave it'),
    Versions: main.getByText('HX-01 is not calibrated'),
    Layout: page.getByRole('listbox', { name: 'Blocks of the chip' }),
    Scope: page.getByRole('img', { name: /^Trace of neuron 0/ }),
    Crossbar: page.getByRole('grid', { name: 'Crossbar nodes' }),
    Synapses: page.getByRole('slider', { name: 'Synapse' })
  }
  for (const [name, sign] of Object.entries(there)) {
    await open(page, name)
    await expect(sign).toBeVisible({ timeout: MINUTE })
    await showState(bench, `${name.toLowerCase()}-uncalibrated`)
  }
})

test('the pages of a chip while main does not answer, and when it refuses', async ({ bench }) => {
  test.setTimeout(6 * MINUTE)
  const page = await withChip(bench, 'calibrated')
  for (const name of PAGES) {
    const { names, waits, refused } = ASKS[name]
    await open(page, name)
    const answersNot = await fault(bench, names, null)
    await reload(page)
    await expect(page.getByRole('main').getByText(waits)).toBeVisible()
    await showState(bench, `${name.toLowerCase()}-loading`)
    if (name === 'Map') {
      await expect(page.getByText('No answer for five seconds')).toBeVisible()
      await showState(bench, 'map-late-loading')
    }
    await answersNot()
    const refuses = await fault(bench, names, REFUSAL)
    await reload(page)
    const said = page.getByRole('main').getByRole('alert')
    await expect(said).toContainText(refused)
    await expect(said).toContainText(REFUSAL)
    await showState(bench, `${name.toLowerCase()}-error`)
    await refuses()
    await button(page, 'Try again').click()
    await expect(said, `${name} after another try`).toHaveCount(0, { timeout: MINUTE })
  }
})
