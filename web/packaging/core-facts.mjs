// Writes web/shared/core-facts.ts: the facts about the core that the pages need before it runs. They are read from the
// built module by `make js`, and the file is not in git. docs/decisions/0023-core-facts.md gives the reasons.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Quantities for which the pages accept the core's whole range. */
const QUANTITIES = ['units', 'layers', 'features', 'classes', 'batchSize', 'seed'];

/**
 * Tasks and cells of the core that the pages do not offer: no menu of a page offers words, and a dense network has no
 * hidden states to show.
 */
export const NOT_OFFERED = ['rhymes', 'agreement', 'agreement_traps', 'dense'];
const isOffered = (name) => !NOT_OFFERED.includes(name);

/** The source of the module with the facts of an engine. texts: those of its tasks. */
export function factsOf({ activations, initializers, losses, optimizers, ranges, sequential, ...core }, texts) {
  const tasks = core.tasks.filter(({ name }) => isOffered(name));
  const cells = core.cells.filter(isOffered);
  /* The kernel of one unit with one feature has one number for each gate. */
  const gatesOf = (cell) => {
    const model = sequential({ cell, units: 1, timesteps: 1 });
    const [kernel] = model.tensors;
    model.dispose();
    return kernel.count;
  };
  const facts = [
    ['CELLS', cells, 'Cells, by Keras’s names as all that follow.'],
    ['GATES', Object.fromEntries(cells.map((cell) => [cell, gatesOf(cell)])), 'How many sums a unit of a cell makes.'],
    ['ACTIVATIONS', activations],
    ['INITIALIZERS', initializers],
    ['LOSSES', losses],
    ['OPTIMIZERS', optimizers],
    ['TASKS', tasks.map(({ name }) => name)],
    [
      'LEAST_TIMESTEPS',
      Object.fromEntries(tasks.map(({ name, leastTimesteps }) => [name, leastTimesteps])),
      'The fewest time steps that hold what a task speaks of.',
    ],
    [
      'TASK_TEXTS',
      Object.fromEntries(tasks.map(({ name }) => [name, texts[name]])),
      'What each task asks and what solves it, in sentences; scope: the sequences for which it has a rule.',
    ],
    [
      'RANGES',
      Object.fromEntries(QUANTITIES.map((name) => [name, [ranges[name].minimum, ranges[name].maximum]])),
      'The smallest and the largest number that the core takes.',
    ],
  ];
  const parts = facts.map(([name, value, text]) => {
    const comment = text ? `/** ${text} */\n` : '';
    return `${comment}export const ${name} = ${JSON.stringify(value, null, 2)} as const;\n`;
  });
  return `/** Written by web/packaging/core-facts.mjs, which asks the core: what is changed here is lost. */\n\n${parts.join('\n')}`;
}

if (import.meta.filename === process.argv[1]) {
  const root = resolve(import.meta.dirname, '../..');
  const { load } = await import(pathToFileURL(resolve(root, process.env.BUILD ?? 'build', 'js/unrolled.js')));
  const file = resolve(root, 'web/shared/core-facts.ts');
  const engine = await load();
  const text = factsOf(engine, await engine.taskTexts());
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
}
