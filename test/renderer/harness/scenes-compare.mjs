// The comparison: of runs and of groups, few and as many as there is room for, with a reference that was not chosen.
import { view } from './scenes-runs.mjs'

const compared =
  (...ids) =>
  async (page) => {
    await view('Runs')(page)
    for (const id of ids) await page.getByRole('checkbox', { name: `Compare ${id}` }).check()
    await page.getByRole('button', { name: 'Compare', exact: true }).last().click()
  }
const chosen = compared('r-40', 'r-39', 'r-38', 'r-37', 'r-35', 'r-34')

/** all runs of some groups, as the list of groups puts them in */
const byGroups =
  (by, ...names) =>
  async (page) => {
    await view('Runs')(page)
    await page.getByLabel('Group by').selectOption(by)
    for (const name of names) await page.getByRole('checkbox', { name: `Compare ${by} ${name}` }).check()
    await page.getByRole('button', { name: 'Compare', exact: true }).last().click()
    await page.waitForTimeout(400)
  }

export const compareScenes = [
  {
    name: 'compare',
    scene: 'bench',
    act: chosen
  },
  {
    name: 'compare-chips',
    scene: 'bench',
    act: async (page) => {
      await chosen(page)
      await page.getByLabel('Group by').selectOption('chip')
    }
  },
  {
    name: 'compare-confusion',
    scene: 'bench',
    act: async (page) => {
      await chosen(page)
      await page.getByRole('button', { name: 'Confusion' }).click()
    }
  },
  { name: 'compare-four', scene: 'bench', act: compared('r-40', 'r-39', 'r-38', 'r-37') },
  {
    name: 'compare-ten',
    scene: 'bench',
    act: compared('r-40', 'r-39', 'r-38', 'r-37', 'r-36', 'r-35', 'r-34', 'r-32', 'r-31', 'r-30')
  },
  { name: 'compare-two-groups', scene: 'bench', act: byGroups('chip', 'HX-07', 'HX-03') },
  {
    name: 'compare-groups-confusion',
    scene: 'bench',
    act: async (page) => {
      await byGroups('chip', 'HX-07', 'HX-03', 'ideal')(page)
      await page.getByRole('button', { name: 'Confusion' }).click()
    }
  },
  {
    // the reference is the base, though it is not among those compared
    name: 'compare-reference',
    scene: 'bench',
    act: async (page) => {
      await compared('r-40', 'r-39', 'r-38')(page)
      await page.getByRole('button', { name: 'r-39 is the reference of this workspace' }).click()
      await page.getByRole('button', { name: /^Take r-39/ }).click()
      await page.waitForTimeout(300)
    }
  },
  {
    // one run is enough beside the reference
    name: 'compare-one',
    scene: 'bench',
    act: async (page) => {
      await view('Runs')(page)
      await page.locator('#run-r-39 .name').click()
      await page.getByRole('button', { name: 'Make reference' }).click()
      await page.getByRole('checkbox', { name: 'Compare r-37' }).check()
      await page.getByRole('button', { name: 'Compare', exact: true }).last().click()
    }
  },
  {
    // the list and the run that is looked at, against the reference
    name: 'runs-reference',
    scene: 'bench',
    act: async (page) => {
      await view('Runs')(page)
      await page.locator('#run-r-39 .name').click()
      await page.getByRole('button', { name: 'Make reference' }).click()
      await page.getByRole('button', { name: 'Columns' }).click()
      await page.getByRole('menuitemcheckbox', { name: 'Δ ref., pp' }).click()
      await page.keyboard.press('Escape')
      await page.locator('#run-r-37 .name').click()
    }
  }
]
