// The ESLint rule that keeps the house's table (house.js): refuses every import that it does not list.
import path from 'node:path'
import { ROOT } from '../paths.mjs'
import { PLACES } from './house.js'

const NAMES = Object.keys(PLACES).sort((a, b) => b.length - a.length)

/** the place that a file belongs to; null for the project's own configuration */
function placeOf(file) {
  const name = path
    .relative(ROOT, file)
    .split(path.sep)
    .join('/')
    .replace(/\.[^/]*$/, '')
  return NAMES.find((place) => name === place || name.startsWith(`${place}/`)) ?? null
}

const inside = (name, place) => name === place || name?.startsWith(`${place}/`)

/** is the target one of these places, or an open place in one of them? */
const listed = (places = [], target) =>
  places.some((place) => target === place || (inside(target, place) && !PLACES[target]?.closed))

function refusedPlace(place, target, typeOnly) {
  const { may, types } = PLACES[place]
  if (listed([place], target) || listed(may, target) || (typeOnly && listed(types, target))) return null
  return `${place} may not import ${target ?? 'this'}${listed(types, target) ? ', except types' : ''}`
}

function packageName(specifier) {
  if (specifier.startsWith('node:')) return 'node:'
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

function refusedPackage(place, specifier, typeOnly) {
  const { packages, packageTypes } = PLACES[place]
  const name = packageName(specifier)
  const allowed = [...(packages ?? []), ...(typeOnly ? (packageTypes ?? []) : [])]
  if (allowed.includes(name) || allowed.includes('*')) return null
  return `${place} may not import the package ${specifier}`
}

const isTypeOnly = (node) =>
  node.importKind === 'type' ||
  node.exportKind === 'type' ||
  (node.type === 'ImportDeclaration' &&
    node.specifiers.length > 0 &&
    node.specifiers.every((specifier) => specifier.importKind === 'type'))

export const imports = {
  meta: { type: 'problem', schema: [], docs: { description: 'who may import whom: build/lint/house.js' } },
  create(context) {
    const place = placeOf(context.filename)
    if (place === null) return {}

    function judge(node, source, typeOnly) {
      if (source === null || source === undefined) return
      if (typeof source.value !== 'string') {
        // Only main may start bundles by their path; elsewhere such an import could reach anything.
        if (place !== 'src-main/electron' && place !== 'build' && !place.startsWith('test')) {
          context.report({ node, message: `${place} may not import what only running it would tell` })
        }
        return
      }
      const specifier = source.value.split('?')[0]
      const message =
        specifier.startsWith('.') || path.isAbsolute(specifier)
          ? refusedPlace(place, placeOf(path.resolve(path.dirname(context.filename), specifier)), typeOnly)
          : refusedPackage(place, specifier, typeOnly)
      if (message) context.report({ node, message })
    }

    return {
      ImportDeclaration: (node) => judge(node, node.source, isTypeOnly(node)),
      ExportNamedDeclaration: (node) => judge(node, node.source, isTypeOnly(node)),
      ExportAllDeclaration: (node) => judge(node, node.source, isTypeOnly(node)),
      ImportExpression: (node) => judge(node, node.source, false),
      TSImportType: (node) => judge(node, node.source ?? node.argument?.literal, true),
      TSImportEqualsDeclaration: (node) => judge(node, node.moduleReference?.expression, false)
    }
  }
}
