// Lint is where the house's rules are kept: who may import whom (build/lint/house.js), what core may not do
// (build/lint/pure.js), and a few habits. Formatting is prettier's.
import './build/lint/components-as-typescript.js'
import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import tseslint from 'typescript-eslint'
import { imports } from './build/lint/imports.js'
import { longFile } from './build/lint/long-file.js'
import { declaredResults } from './build/lint/declared-results.js'
import { pure } from './build/lint/pure.js'

const TYPED = ['src-main/**/*.ts', 'src-renderer/**/*.{ts,svelte}', 'test/**/*.ts', '*.config.ts']
/** AssemblyScript: reads like TypeScript, but is no part of its projects */
const ASSEMBLY = ['src-main/core/kernels/assembly/**/*.ts']
const LIMIT = { warn: 300, error: 500 }

export default tseslint.config(
  { ignores: ['out', 'dist', 'test-results', 'resources'] },
  { linterOptions: { noInlineConfig: true } },
  js.configs.recommended,
  {
    plugins: { house: { rules: { imports, 'long-file': longFile } } },
    rules: {
      'house/imports': 'error',
      'house/long-file': ['warn', LIMIT.warn],
      'max-lines': ['error', LIMIT.error],
      eqeqeq: 'error',
      'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }], // Playwright asks for it
      'no-undef': 'off' // TypeScript knows better; the scripts in build/ use Node's names
    }
  },
  {
    files: TYPED,
    extends: [tseslint.configs.recommended],
    rules: { 'no-restricted-syntax': ['error', ...declaredResults] }
  },
  ...svelte.configs.recommended,
  ...svelte.configs.prettier,
  {
    files: TYPED,
    ignores: ASSEMBLY,
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.svelte'] }
    },
    rules: {
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true }
      ],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }]
    }
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      'prefer-const': 'off', // svelte/prefer-const knows that $props() must be declared with let
      'svelte/prefer-const': ['error', { destructuring: 'all', excludedRunes: ['$props', '$bindable'] }],
      'svelte/prefer-svelte-reactivity': 'off' // collections are replaced as a whole, not changed in place
    }
  },
  // a reference value is written with all the digits that its source prints
  { files: ['test/**/*.ts'], rules: { 'no-loss-of-precision': 'off' } },
  // a domain's queries are one object, whose type is read off it
  { files: ['src-main/store/**/*.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['src-main/core/**/*.ts'],
    rules: { ...pure.rules, 'no-restricted-syntax': ['error', ...pure.syntax, ...declaredResults] }
  },
  // the kernels: asc knows their types, its == compares values of one type, and its Math is compiled in with them
  { files: ASSEMBLY, rules: { eqeqeq: 'off', 'no-restricted-properties': 'off' } }
)
