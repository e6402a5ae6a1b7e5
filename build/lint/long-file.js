// Warns of a file that may have outgrown its one idea; eslint's own max-lines refuses it later.
export const longFile = {
  meta: { type: 'suggestion', schema: [{ type: 'integer' }], docs: { description: 'a file should hold one idea' } },
  create(context) {
    return {
      'Program:exit'(node) {
        const { length } = context.sourceCode.lines
        if (length > context.options[0]) context.report({ node, message: `${length} lines: is this still one idea?` })
      }
    }
  }
}
