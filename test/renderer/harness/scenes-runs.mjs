// The scenes of the list of runs.
export const view = (name) => (page) =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name }).click()

export const runsScenes = [
  { name: 'runs', scene: 'bench', act: view('Runs') },
  {
    name: 'runs-filtered',
    scene: 'bench',
    act: async (page) => {
      await view('Runs')(page)
      await page.getByRole('button', { name: /^HX-03/ }).click()
      await page.getByRole('button', { name: 'Columns' }).click()
    }
  },
  ...['bench', 'error'].map((scene) => ({
    name: scene === 'bench' ? 'runs-groups' : 'runs-groups-error',
    scene,
    act: async (page) => {
      await view('Runs')(page)
      await page.getByLabel('Group by').selectOption('chip')
      if (scene === 'bench') await page.getByRole('checkbox', { name: 'Compare chip HX-03' }).check()
    }
  })),
  {
    name: 'runs-groups-settings',
    scene: 'bench',
    act: async (page) => {
      await view('Runs')(page)
      await page.getByLabel('Group by').selectOption('config')
      await page
        .getByRole('checkbox', { name: /^Compare settings/ })
        .first()
        .check()
    }
  },
  {
    // refused while another run was chosen: the words come back with their run, and the reason
    name: 'runs-note-refused',
    scene: 'error',
    act: async (page) => {
      await view('Runs')(page)
      const row = (id) => page.locator(`#run-${id} .name`).click()
      const note = page.getByRole('textbox', { name: 'Note', exact: true })
      await row('r-39')
      await note.fill('the threshold drifted here')
      await row('r-37')
      await page.getByText('weights copied').nth(1).waitFor()
      await row('r-39')
      await page.getByText(/not kept: .*the database is locked/).waitFor()
      if ((await note.inputValue()) !== 'the threshold drifted here') throw new Error('the words are lost')
    }
  },
  {
    name: 'runs-many',
    scene: 'bench',
    act: async (page) => {
      await view('Runs')(page)
      await page.getByRole('button', { name: 'Many…' }).click()
    }
  },
  {
    name: 'runs-more',
    scene: 'bench',
    act: async (page) => {
      await view('Runs')(page)
      await page.getByRole('grid', { name: 'Runs' }).getByRole('row').nth(2).click()
      await page.getByRole('button', { name: /^More about/ }).click()
    }
  },
  {
    name: 'runs-colour',
    scene: 'bench',
    act: async (page) => {
      await view('Runs')(page)
      await page.getByRole('grid', { name: 'Runs' }).getByRole('row').nth(2).click()
      await page.getByRole('button', { name: /^Colour of/ }).click()
    }
  },
  {
    name: 'runs-import',
    scene: 'bench',
    act: async (page) => {
      await view('Runs')(page)
      await page.getByRole('button', { name: 'Import…' }).click()
    }
  }
]
