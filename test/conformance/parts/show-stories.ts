import { completeList } from '@sallyport/gates';
import type { Decision } from '@sallyport/gates';
import { cho, dia, grantOf, thursdayAt } from '@sallyport/gates/testing';
import { renderDecision, renderDecisionTitle, renderEvidenceCsv, renderEvidenceHtml } from '@sallyport/pipeline';
import type { EvidenceReport } from '@sallyport/pipeline';
import { createRecord, releaseOf, reportOf, uptoStaging } from '../../../packages/pipeline/src/evidence/evidence.fixture.ts';
import { ownGate } from '../gate-under-test.ts';
import { healthyCase } from '../scenario.ts';
import type { Suite } from '../scenario.ts';
import { refused, seenIn } from './story.ts';
import type { PartStory } from './story.ts';

/** What a reader's screen would make of a text, as names of what it holds that we did not mean. */
type Look = (text: string) => readonly string[];
const all = (text: string, pattern: RegExp, what: string): readonly string[] => [...text.matchAll(pattern)].map(([match]) => `${what} ${match}`);

/** Ours are a few tags, and links to the GitHub of the suite. */
const inMarkdown: Look = (text) => [
  ...all(text, /(?<!\\)<(?!\/?(?:details|summary|sub|br)>)[a-z!/][^\s>]*/gi, 'tag'),
  ...all(text, /(?<!\\)\]\((?!https:\/\/github\.example\/)[^)]*/g, 'link'),
  ...all(text, /(?<![(/\w])https?:\/\/[^\s)]*/g, 'address'),
  ...all(text, /@[a-z][a-z-]*/gi, 'mention of'),
  ...all(text, /^(?:::|##\[)[^\n]*/gm, 'command to the runner'),
];
const inPage: Look = (text) => all(text, /<(?:img|script|iframe|svg|\/dd><script)[^>]*/gi, 'tag');
/** Quoted or not, what a spreadsheet takes for a formula begins a cell. */
const inSheet: Look = (text) => all(text, /(?:^|,)"?[=+\-@][^,"\r\n]*/gm, 'formula');

/** Shows words of somebody outside. The look must find them in the words themselves, so that finding nothing in what is shown means something. */
const shown = (id: string, name: string, hostile: string, look: Look, show: (words: string) => Promise<string>): PartStory => ({
  id,
  name,
  says: null,
  play: async (attacked) => {
    if (look(hostile).length === 0) throw new Error('The words are harmless as they are.');
    const text = await show(attacked ? hostile : 'plain-words');
    if (!text.includes(attacked ? 'harmful' : 'plain-words')) return refused('the words are not shown at all');
    return seenIn(look(text));
  },
});

/** The merge gate's decision on a change whose reviewer, branch and file have a name that somebody chose. */
async function decisionOn(suite: Suite, words: string): Promise<Decision> {
  const document = healthyCase(suite, 'merge', 'plain');
  const text = JSON.stringify(document.facts);
  const named = ['"ben"', '"topic"', '"src/cart.ts"'].reduce((rest, name) => rest.replaceAll(name, () => JSON.stringify(words)), text);
  return (await ownGate({ ...document, facts: JSON.parse(named) })) as Decision;
}

/** A release under an override, every word of which is of somebody's choosing. */
async function reportWith(words: string): Promise<EvidenceReport> {
  const record = createRecord();
  const merge = await uptoStaging(record);
  const requester = { ...dia, login: words };
  const granted = await record.grant(thursdayAt - 60_000, { requester, reason: words, advisory: words });
  const decision = await record.release(releaseOf(merge, { grants: completeList([grantOf({ requester, approvers: [cho], ledgerIndex: granted })]) }), thursdayAt);
  await record.intend(1, decision, thursdayAt, { override: '31' });
  await record.end(1, thursdayAt + 1000, { reason: words });
  return reportOf(record);
}

export const showStories = (suite: Suite): readonly PartStory[] => {
  const summary = async (words: string): Promise<string> => renderDecision(await decisionOn(suite, words));
  const title = async (words: string): Promise<string> => renderDecisionTitle({ ...(await decisionOn(suite, 'ben')), outcome: 'wait', next: [{ who: words, what: words }] });
  return [
    shown('X02.1', 'A name is a piece of HTML, shown in a step summary or a check.', '<img src=x onerror=harmful()>', inMarkdown, summary),
    shown('X02.2', 'A name is a link in Markdown.', '[press here](https://evil.example/harmful)', inMarkdown, summary),
    shown('X02.3', 'A name is an address, which GitHub makes a link of by itself.', 'https://evil.example/harmful', inMarkdown, summary),
    shown('X02.4', 'A name mentions a team, so that everybody in it is told.', '@acme/everyone harmful', inMarkdown, summary),
    shown('X02.5', 'A name holds a line that the runner takes for a command.', 'a\n::add-path::/tmp/harmful', inMarkdown, summary),
    shown('X02.6', 'The same, in the title of a check.', 'a\n::add-path::/tmp/harmful', inMarkdown, title),
    shown('X02.7', 'A person’s words are a script, in the page for the auditor.', '</dd><script>harmful()</script>', inPage, async (words) => renderEvidenceHtml(await reportWith(words))),
    shown('X02.8', 'They are a formula, in the table for the auditor.', '=HYPERLINK(harmful)', inSheet, async (words) => renderEvidenceCsv(await reportWith(words))),
  ];
};
