import { PluginKind, declareValuePlugin } from '@stryker-mutator/api/plugin';

const isSentence = (text) => /\s/.test(text);

/** Leaves sentences alone: how something is said is read by people, what is decided is tested. */
function shouldIgnore({ node }) {
  if (node.type === 'StringLiteral') return isSentence(node.value) ? 'a sentence' : undefined;
  if (node.type === 'TemplateLiteral') return node.quasis.some(({ value }) => isSentence(value.raw)) ? 'a sentence' : undefined;
  return undefined;
}

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'sentences', { shouldIgnore })];
