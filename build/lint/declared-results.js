// What an exported function returns is part of its face, so it is written down and not left to inference.
const message = 'write down what an exported function returns'

export const declaredResults = [
  {
    selector: ':matches(ExportNamedDeclaration, ExportDefaultDeclaration) > FunctionDeclaration:not([returnType])',
    message
  },
  {
    selector:
      'ExportNamedDeclaration > VariableDeclaration > VariableDeclarator:not([id.typeAnnotation]) > ArrowFunctionExpression:not([returnType])',
    message
  }
]
