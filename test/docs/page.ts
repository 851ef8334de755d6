import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import GithubSlugger from 'github-slugger';
import type { Node, Parent, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { toString } from 'mdast-util-to-string';
import { gfm } from 'micromark-extension-gfm';

/** The top of the repository. */
export const root = join(import.meta.dirname, '../..');

/** A fenced block: the word after the fence, its text, and the line of the page on which the fence opens, from 1. */
export type Block = { readonly language: string; readonly text: string; readonly line: number };
/** Where a link leads, as it is written, and on which line. */
export type Link = { readonly target: string; readonly line: number };
/** What stands between backticks within a line. */
export type InlineCode = { readonly text: string; readonly line: number };

export type Page = {
  /** From the top of the repository, with slashes. */
  readonly path: string;
  readonly links: readonly Link[];
  /** What can stand after `#`: those that GitHub makes of headings, and those that the page sets itself. */
  readonly anchors: ReadonlySet<string>;
  readonly blocks: readonly Block[];
  readonly inline: readonly InlineCode[];
};

/** A page as GitHub reads it: CommonMark with GitHub's extensions. */
export function readPage(path: string, markdown: string): Page {
  const nodes = everyNode(fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));
  return {
    path,
    links: nodes.flatMap(linksOf),
    anchors: anchorsOf(nodes),
    blocks: nodes.flatMap((node) => (node.type === 'code' ? [{ language: node.lang ?? '', text: node.value, line: lineOf(node) }] : [])),
    inline: nodes.flatMap((node) => (node.type === 'inlineCode' ? [{ text: node.value, line: lineOf(node) }] : [])),
  };
}

function everyNode(parent: Parent): readonly RootContent[] {
  return (parent.children as readonly RootContent[]).flatMap((node) => [node, ...('children' in node ? everyNode(node) : [])]);
}

const lineOf = ({ position }: Node): number => position?.start.line ?? 0;

function linksOf(node: RootContent): readonly Link[] {
  if (node.type === 'link' || node.type === 'image' || node.type === 'definition') return [{ target: node.url, line: lineOf(node) }];
  if (node.type === 'html') return [...node.value.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, target = '']) => ({ target, line: lineOf(node) }));
  return [];
}

function anchorsOf(nodes: readonly RootContent[]): ReadonlySet<string> {
  const slugger = new GithubSlugger();
  return new Set(nodes.flatMap((node) => (node.type === 'heading' ? [slugger.slug(toString(node))] : node.type === 'html' ? [...node.value.matchAll(/\s(?:id|name)="([^"]+)"/g)].map(([, id = '']) => id) : [])));
}

const skipped = new Set(['node_modules', 'dist', 'coverage', '.git', '.turbo', '.stryker-tmp']);

/** Every page of the repository. What is installed or built is not ours. */
export const readPages = (folder = root): readonly Page[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : readPages(path);
    return entry.name.endsWith('.md') ? [readPage(relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8'))] : [];
  });
