// Which pictures are taken: every view, both themes at 1280 × 800, and the smallest and a large window.
import { compareScenes } from './scenes-compare.mjs'
import { runsScenes, view } from './scenes-runs.mjs'

const openChip = async (page) => {
  await page.getByRole('button', { name: 'HX-07', exact: true }).click()
  await page.waitForTimeout(900)
}

const openPage = (name) => async (page) => {
  await openChip(page)
  await page.getByRole('toolbar', { name: 'Pages of the chip' }).getByRole('button', { name }).click()
  await page.waitForTimeout(1200)
}

const states = [
  { name: 'empty', scene: 'empty' },
  { name: 'chips', scene: 'bench' },
  {
    name: 'chips-side',
    scene: 'bench',
    act: async (page) => {
      await page.getByRole('button', { name: 'Side by side' }).click()
      await page.waitForTimeout(500)
    }
  },
  { name: 'chip', scene: 'bench', act: openChip },
  {
    name: 'chip-residual',
    scene: 'bench',
    act: async (page) => {
      await openChip(page)
      await page.keyboard.press('5')
    }
  },
  {
    name: 'chip-biological',
    scene: 'bench',
    act: async (page) => {
      await openChip(page)
      await page.getByRole('button', { name: /^Time base/ }).click()
      await page.waitForTimeout(400)
    }
  },
  {
    name: 'chip-named',
    scene: 'named',
    act: async (page) => {
      await page.getByRole('button', { name: 'Wafer 12, die 07' }).click()
      await page.waitForTimeout(900)
    }
  },
  { name: 'chip-fresh', scene: 'fresh', act: openChip },
  { name: 'chip-one', scene: 'one', act: openChip },
  { name: 'chip-four', scene: 'four', act: openChip },
  { name: 'chip-large', scene: 'large', act: openChip },
  {
    name: 'chip-picked',
    scene: 'bench',
    act: async (page) => {
      await openChip(page)
      const handle = page.getByRole('slider', { name: 'Least value picked out' })
      await handle.focus()
      for (let k = 0; k < 18; k++) await page.keyboard.press('ArrowRight')
      await page.waitForTimeout(600)
    }
  },
  { name: 'chip-error', scene: 'error', act: openChip },
  { name: 'scope', scene: 'bench', act: openPage('Scope') },
  {
    name: 'scope-column',
    scene: 'bench',
    act: async (page) => {
      await openPage('Scope')(page)
      await page.getByRole('button', { name: /^Overlay/ }).click()
      await page.getByRole('button', { name: 'Next neuron' }).click()
      await page.waitForTimeout(800)
      await page.getByRole('button', { name: 'Column' }).click()
      await page.waitForTimeout(800)
    }
  },
  {
    name: 'scope-biological',
    scene: 'bench',
    act: async (page) => {
      await openPage('Scope')(page)
      await page.getByRole('button', { name: /^Time base/ }).click()
      await page.waitForTimeout(400)
    }
  },
  { name: 'layout', scene: 'bench', act: openPage('Layout') },
  { name: 'layout-fresh', scene: 'fresh', act: openPage('Layout') },
  { name: 'crossbar', scene: 'bench', act: openPage('Crossbar') },
  {
    name: 'crossbar-written',
    scene: 'bench',
    act: async (page) => {
      await openPage('Crossbar')(page)
      await page.getByRole('button', { name: /^neurons 0.* to top bus 0/ }).click()
      await page.getByRole('button', { name: 'Pass all' }).click()
      await page.waitForTimeout(1500)
      await page.getByRole('textbox', { name: 'Mask' }).fill('0x4000')
    }
  },
  {
    name: 'crossbar-noise',
    scene: 'bench',
    act: async (page) => {
      await openPage('Crossbar')(page)
      await page.getByRole('button', { name: /^noise 0 to top bus 0/ }).click()
      await page.getByRole('combobox', { name: 'Source 0' }).selectOption('poisson')
      await page.getByRole('button', { name: 'Pass all' }).click()
      await page.waitForTimeout(1500)
    }
  },
  { name: 'synapses', scene: 'bench', act: openPage('Synapses') },
  {
    name: 'synapses-scope',
    scene: 'bench',
    act: async (page) => {
      await openPage('Synapses')(page)
      await page.getByRole('combobox', { name: 'Filled by' }).selectOption('scope')
      for (let k = 0; k < 4; k++) await page.getByRole('button', { name: 'Zoom in' }).click()
      await page.waitForTimeout(800)
    }
  },
  { name: 'layout-error', scene: 'error', act: openPage('Layout') },
  { name: 'scope-error', scene: 'error', act: openPage('Scope') },
  ...['Converters', 'Drivers', 'Synapse sensors', 'Correlation curves'].map((name) => ({
    name: `parts-${name.split(' ')[0].toLowerCase()}`,
    scene: 'bench',
    act: async (page) => {
      await openPage('Parts')(page)
      await page.getByRole('button', { name, exact: true }).click()
      await page.waitForTimeout(500)
    }
  })),
  { name: 'versions', scene: 'bench', act: openPage('Versions') },
  ...['Drift', 'Exclusions'].map((name) => ({
    name: `versions-${name.toLowerCase()}`,
    scene: 'bench',
    act: async (page) => {
      await openPage('Versions')(page)
      await page.getByRole('button', { name, exact: true }).click()
      await page.waitForTimeout(500)
    }
  })),
  {
    name: 'versions-apply',
    scene: 'bench',
    act: async (page) => {
      await openPage('Versions')(page)
      await page.getByRole('button', { name: 'More about c-12' }).click()
      await page.getByRole('menuitem', { name: /^Use on another chip/ }).click()
      await page.waitForTimeout(500)
    }
  },
  {
    name: 'versions-made',
    scene: 'bench',
    act: async (page) => {
      await openPage('Versions')(page)
      await page.getByRole('button', { name: 'Made how' }).click()
    }
  },
  { name: 'versions-fresh', scene: 'fresh', act: openPage('Versions') },
  { name: 'versions-one', scene: 'one', act: openPage('Versions') },
  { name: 'calibrate', scene: 'bench', act: view('Calibrate') },
  { name: 'calibrating', scene: 'calibrating', act: view('Calibrate') },
  { name: 'train-form', scene: 'bench', act: view('Train') },
  {
    name: 'train',
    scene: 'training',
    act: async (page) => {
      await view('Train')(page)
      await page.waitForTimeout(1500)
    }
  },
  {
    name: 'jobs',
    scene: 'training',
    act: async (page) => {
      await page.keyboard.press('Control+Shift+j')
      await page.waitForTimeout(300)
    }
  },
  {
    name: 'figure-error',
    scene: 'error',
    act: async (page) => {
      await view('Train')(page)
      await page.getByRole('toolbar', { name: 'Figure' }).getByRole('button', { name: 'What if' }).click()
      await page.waitForTimeout(400)
    }
  },
  ...['Disc', 'Trade-offs', 'Chip against simulation', 'What if'].map((figure) => ({
    name: `figure-${figure.toLowerCase().replaceAll(' ', '-')}`,
    scene: figure === 'Disc' ? 'disc' : 'done',
    act: async (page) => {
      await view('Train')(page)
      await page.getByRole('toolbar', { name: 'Figure' }).getByRole('button', { name: figure }).click()
      if (figure === 'What if') {
        const slider = page.getByRole('slider', { name: 'Spread' })
        await slider.focus()
        for (let k = 0; k < 12; k++) {
          await page.keyboard.press('ArrowRight')
          await page.waitForTimeout(40)
        }
      }
      if (figure === 'Disc') {
        await page.getByLabel('Point of the disc, arrow keys move').focus()
        for (let k = 0; k < 5; k++) await page.keyboard.press('ArrowUp')
      }
      await page.waitForTimeout(1200)
    }
  })),
  ...runsScenes,
  ...compareScenes,
  {
    name: 'sql',
    scene: 'bench',
    act: async (page) => {
      await view('SQL')(page)
      await page.getByRole('main').getByRole('button', { name: /^Run/ }).click()
    }
  },
  {
    name: 'sql-error',
    scene: 'bench',
    act: async (page) => {
      await view('SQL')(page)
      await page.getByLabel('Question in SQL').fill('selec * from runs')
      await page.keyboard.press('Control+Enter')
    }
  },
  { name: 'data', scene: 'bench', act: view('Data') },
  {
    name: 'data-add',
    scene: 'bench',
    act: async (page) => {
      await view('Data')(page)
      await page.getByRole('button', { name: 'Add a data set' }).click()
      await page.getByRole('button', { name: 'Choose folder' }).click()
    }
  },
  { name: 'help', scene: 'bench', act: view('Help') },
  { name: 'keys', scene: 'bench', act: view('Keys') },
  { name: 'settings', scene: 'bench', act: view('Settings') },
  {
    name: 'settings-backup',
    scene: 'bench',
    act: async (page) => {
      await view('Settings')(page)
      await page.getByRole('button', { name: 'Back up…' }).click()
      await page.getByText('Copied to').waitFor()
    }
  },
  {
    name: 'palette',
    scene: 'bench',
    act: async (page) => {
      await page.keyboard.press('Control+k')
      await page.keyboard.type('hx')
    }
  }
]

const sizes = [
  { suffix: 'light', theme: 'light', width: 1280, height: 800 },
  { suffix: 'dark', theme: 'dark', width: 1280, height: 800 },
  { suffix: '720', theme: 'light', width: 1280, height: 720 },
  { suffix: '1600', theme: 'dark', width: 1600, height: 1000 }
]

export const shots = states.flatMap(({ name, scene, act }) =>
  sizes.map(({ suffix, ...size }) => ({ name: `${name}-${suffix}`, scene, act, ...size }))
)
