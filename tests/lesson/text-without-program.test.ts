// A chapter is read on paper and without JavaScript, too: every number that the page shows live also stands in the markup,
// as it is when the step begins, or inside an answer, as the answer leaves it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHAPTERS } from '../../web/lesson/index.ts';
import { formatNumber, grouped, probability } from '../../web/shared/format.ts';
import { valueText } from '../../web/state/address.ts';
import { END } from '../../web/state/config.ts';
import { type FieldName, type State, TABLE } from '../../web/state/state.ts';
import { chapter, moment, run } from './chapter.ts';

const last = (values: readonly number[] | undefined): string => formatNumber(values?.at(-1) ?? Number.NaN, 2);

async function valueOf(name: string, state: State): Promise<string | undefined> {
  const field = Object.entries(TABLE).find(([, { key }]) => key === name)?.[0] as FieldName | undefined;
  if (field) return valueText(state[field]);
  const histories = {
    accuracy: 'accuracy',
    'new-accuracy': 'val_accuracy',
    loss: 'loss',
    'new-loss': 'val_loss',
  } as const;
  if (name in histories) return last((await run(state)).history[histories[name as keyof typeof histories]]);
  const { trace, parameters } = await moment(state);
  if (name === 'answer') return probability(trace.prediction.at(-1) ?? Number.NaN);
  if (name === 'answer-sum') return formatNumber(trace.logit.at(-1) ?? Number.NaN, 2);
  return name === 'parameters' ? grouped(parameters.length) : undefined;
}

for (const name of CHAPTERS)
  test(`${name}: the numbers in the text are there without a program, too`, async () => {
    const page = chapter(name);
    const sections = [...page.markup.matchAll(/<section[^>]*\sdata-step="[^"]*"[^>]*>(.*?)<\/section>/gs)];
    for (const [i, [, section = '']] of sections.entries())
      for (const match of section.matchAll(/<b data-show="([\w-]+)">([^<]*)<\/b>/g)) {
        const [, value = '', text = ''] = match;
        const before = section.slice(0, match.index);
        const form = before.lastIndexOf('data-answer') > before.lastIndexOf('</form>');
        const reveal = /data-reveal="([^"]*)"/.exec(before.slice(before.lastIndexOf('<form')))?.[1];
        const state = page.at(i + 1, form ? reveal?.replaceAll('&amp;', '&') : undefined);
        const trained = before.lastIndexOf('data-when="at!=0"') > before.lastIndexOf('data-when="at=0"');
        const wanted = await valueOf(value, trained ? { ...state, at: END } : state);
        if (wanted !== undefined)
          assert.equal(text, wanted, `${page.file}, step ${i + 1}: write ${wanted} into ${match[0]}`);
      }
  });
