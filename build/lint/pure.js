// What core may not do, beyond what its TypeScript project already hides from it (Node, DOM): anything that differs
// from one machine, engine or moment to the next. Elementary functions: core/numerics/functions.
const ENGINE_DEPENDENT = [
  ...['exp', 'expm1', 'log', 'log1p', 'log2', 'log10', 'pow', 'cbrt', 'hypot'],
  ...['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'atan2', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh']
]
const AMBIENT = ['Date', 'console', 'performance', 'Intl', 'globalThis', 'process', 'setTimeout', 'fetch']

const rules = {
  'no-restricted-globals': [
    'error',
    ...AMBIENT.map((name) => ({ name, message: 'core knows no platform, clock or locale' }))
  ],
  'no-restricted-properties': [
    'error',
    ...ENGINE_DEPENDENT.map((property) => ({
      object: 'Math',
      property,
      message: 'engines differ in its last bits; use core/numerics/functions'
    })),
    { object: 'Math', property: 'random', message: 'draw from a named stream (core/random)' }
  ]
}

const syntax = [
  {
    selector:
      ':matches(BinaryExpression[operator="**"], AssignmentExpression[operator="**="]):not([right.raw=/^[0-9]$/], [left.raw="2"])',
    message: 'engines differ in powers, except powers of two and exponents 0 to 9; use core/numerics/functions'
  },
  {
    selector: 'CallExpression[callee.property.name=/^(toLocale|localeCompare)/]',
    message: 'the result depends on the locale'
  }
]

export const pure = { rules, syntax }
