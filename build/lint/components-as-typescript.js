// Lets TypeScript read every component as the parser translates it. Without it TypeScript reads the file as it is, takes
// each component that is linted for a changed one, and checks the whole window anew: lint took three times as long. The
// parser reads this when it is loaded, so it has to be imported before the plugin.
process.env.SVELTE_ESLINT_PARSER_EXPERIMENTAL_TS_SYS_HOOK ??= '1'
