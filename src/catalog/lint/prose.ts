import type { StepSource } from '../../model/runbook.ts';
import type { Path } from '../yaml.ts';
import type { Findings } from './finding.ts';

/** What a step says to a person: FB010 and FB011 for words that say nothing, FB012 and FB013 for a title that is no single imperative. */

const VACUOUS = /^(?:todo|tbd|n\/?a|none|nothing|see above|-+|\.+|\?+)$/i;
/** An imperative begins with its verb: not with an article, and not by saying what is being done to something. */
const PASSIVE =
  /^(?:the|a|an|is|are)\b|^\S+(?: \S+)? (?:is|are|was|were|gets?|has been|have been|must be|should be|needs? to be|to be) /i;

export function lintProse(step: StepSource, path: Path, findings: Findings): void {
  if (VACUOUS.test(step.verify))
    findings.error('FB010', [...path, 'verify'], 'say how a person knows that it worked');
  if (VACUOUS.test(step.fallback))
    findings.error('FB011', [...path, 'fallback'], 'say how it is done by hand');
  if (PASSIVE.test(step.title))
    findings.warning('FB013', [...path, 'title'], 'a title is one imperative: verb, object, place');
  const second = secondImperative(step.title);
  if (second !== null)
    findings.warning(
      'FB012',
      [...path, 'title'],
      `a step is one thing to do, and \`${second}\` begins another one`,
      'make two steps of it, or leave the smaller one to the instruction',
    );
}

/** Words that begin an imperative, and that a sentence needs before an article far more often than not. */
const VERBS =
  'answer|ask|block|call|change|check|clear|close|collect|confirm|copy|count|cut|delete|disable|document|drop|enable|end|' +
  'export|freeze|give|inform|invalidate|isolate|issue|keep|kill|list|lock|make|mark|move|name|note|notify|open|pause|' +
  'preserve|print|prove|publish|pull|put|quarantine|read|rebuild|record|remove|replace|report|reset|restart|restore|resume|' +
  'review|revoke|ring|rotate|run|save|scan|search|send|set|shut|start|stop|submit|suspend|switch|take|tell|terminate|test|' +
  'turn|unsubscribe|update|verify|wait|wake|warn|wipe|write';
const SECOND = new RegExp(
  `(?:,|;| and| then)(?: and| then)? (${VERBS}) (?:the|a|an|it|its|them|their|every|each|all|any|our|your|his|her|this|that|these|those)\\b`,
  'i',
);
/** What follows one of these is said of something, and asked of nobody: "Ask who may read and change the list". */
const SAID_OF = /\b(?:who|which|that|whether|how|when|where|why|what|if|to|can|may|must)\b/i;

/** The verb of a second thing to do; a false alarm would teach people to look away, so that some are missed. */
function secondImperative(title: string): string | null {
  const found = SECOND.exec(title);
  if (found === null || SAID_OF.test(title.slice(0, found.index))) return null;
  return found[1] ?? null;
}
