import { dirname, join } from 'node:path';
import ts from 'typescript';

/** A call with a name and its texts; `computed`: its first argument is no text, so nobody can tell from the code what it names. */
export type ReachableCall = { readonly callee: string; readonly texts: readonly string[]; readonly computed: boolean };

type Source = { readonly path: string; readonly declared: ReadonlyMap<string, ts.Node>; readonly imported: ReadonlyMap<string, { readonly path: string; readonly name: string }>; readonly started: readonly ts.Node[] };

/**
 * Every call that can be reached from what the modules do when they are loaded, through functions of their own and those they import by a relative path.
 * A function that is imported beside another one and never named is not reached. `read` gives the text of a module.
 */
export function reachableCalls(entries: readonly string[], read: (path: string) => string): readonly ReachableCall[] {
  const sources = new Map<string, Source>();
  const seen = new Set<ts.Node>();
  const calls: ReachableCall[] = [];
  const sourceOf = (path: string): Source => {
    const known = sources.get(path) ?? parseSource(path, read(path));
    sources.set(path, known);
    return known;
  };
  const visit = (source: Source, node: ts.Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (ts.isCallExpression(node)) calls.push(describeCall(node));
    if (ts.isIdentifier(node)) follow(source, node.text);
    ts.forEachChild(node, (child) => visit(source, child));
  };
  const follow = (source: Source, name: string): void => {
    const own = source.declared.get(name);
    if (own !== undefined) visit(source, own);
    const from = source.imported.get(name);
    if (from !== undefined) follow(sourceOf(from.path), from.name);
  };
  for (const source of entries.map(sourceOf)) for (const node of source.started) visit(source, node);
  return calls;
}

function parseSource(path: string, text: string): Source {
  const declared = new Map<string, ts.Node>();
  const imported = new Map<string, { readonly path: string; readonly name: string }>();
  const started: ts.Node[] = [];
  for (const statement of ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true).statements) {
    if (ts.isImportDeclaration(statement)) for (const [local, from] of relativeImports(path, statement)) imported.set(local, from);
    else if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) declared.set(statement.name?.text ?? 'default', statement);
    else if (ts.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) {
        declared.set(declaration.name.getText(), declaration);
        for (const [local, from] of awaitedImports(path, declaration)) imported.set(local, from);
      }
    }
    else started.push(statement);
  }
  return { path, declared, imported, started };
}

function relativeImports(path: string, statement: ts.ImportDeclaration): readonly (readonly [string, { readonly path: string; readonly name: string }])[] {
  const specifier = ts.isStringLiteral(statement.moduleSpecifier) ? statement.moduleSpecifier.text : '';
  const bindings = statement.importClause?.namedBindings;
  if (!specifier.startsWith('.') || bindings === undefined || !ts.isNamedImports(bindings)) return [];
  return bindings.elements.map(({ name, propertyName }) => [name.text, { path: join(dirname(path), specifier), name: (propertyName ?? name).text }]);
}

/** `const { name } = await import('./file.ts')`, which loads the file only then. */
function awaitedImports(path: string, { name: bound, initializer }: ts.VariableDeclaration): readonly (readonly [string, { readonly path: string; readonly name: string }])[] {
  const call = initializer !== undefined && ts.isAwaitExpression(initializer) ? initializer.expression : null;
  if (call === null || !ts.isCallExpression(call) || call.expression.kind !== ts.SyntaxKind.ImportKeyword || !ts.isObjectBindingPattern(bound)) return [];
  const [specifier] = call.arguments;
  if (specifier === undefined || !ts.isStringLiteral(specifier) || !specifier.text.startsWith('.')) return [];
  return bound.elements.map(({ name, propertyName }) => [name.getText(), { path: join(dirname(path), specifier.text), name: (propertyName ?? name).getText() }]);
}

function describeCall({ expression, arguments: given }: ts.CallExpression): ReachableCall {
  const callee = ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
  const [first] = given;
  return { callee, texts: given.flatMap((argument) => (ts.isStringLiteralLike(argument) ? [argument.text] : [])), computed: first !== undefined && !ts.isStringLiteralLike(first) && !isPassedOn(first) };
}

/** `(name) => core.getInput(name)` hands reading on to whoever names the input. */
function isPassedOn(argument: ts.Expression): boolean {
  const arrow = argument.parent.parent;
  return ts.isIdentifier(argument) && ts.isArrowFunction(arrow) && arrow.parameters.some(({ name }) => name.getText() === argument.text);
}
