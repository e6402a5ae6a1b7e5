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
