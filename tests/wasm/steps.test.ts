/** Right answers at each time step in JavaScript, counted by hand; wrong arguments. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './support.ts';

const { answersByStep } = await load();

/* two sequences of two time steps with three classes */
const predictions = [0.2, 0.5, 0.3, 0.1, 0.4, 0.5, 0.6, 0.3, 0.1, 0.4, 0.2, 0.4];
const options = { timesteps: 2, outputs: 3 };
const listed = ({ readouts, right }: Awaited<ReturnType<typeof answersByStep>>) => [[...readouts], [...right]];

test('all classes, valid steps alone, and some classes', async () => {
  assert.deepEqual(listed(await answersByStep(predictions, [1, 1, 0, 2], options)), [
    [2, 2],
    [2, 0],
  ]);
  assert.deepEqual(listed(await answersByStep(predictions, [1, 2, 0, 0], { ...options, lengths: [2, 1] })), [
    [2, 1],
    [2, 1],
  ]);
  assert.deepEqual(listed(await answersByStep(predictions, [1, 1, 0, 0], { ...options, among: [0, 1] })), [
    [2, 2],
    [2, 2],
  ]);
  assert.deepEqual(listed(await answersByStep(predictions, [1, 2, 2, 0], { ...options, among: [1, 2] })), [
    [2, 1],
    [1, 1],
  ]);
  assert.deepEqual(listed(await answersByStep([0.4, 0.6, 0.6, 0.2], [0, 1, 0, 1], { timesteps: 2 })), [
    [2, 2],
    [1, 1],
  ]);
});

test('the arguments may change while the module is loaded', async () => {
  const { answersByStep } = await load();
  const y = [1, 1, 0, 2];
  const pending = answersByStep(predictions, y, options);
  y.fill(0);
  assert.deepEqual(listed(await pending)[1], [2, 0]);
});

for (const [what, given, message] of [
  [
    'a length that does not fit',
    { timesteps: 5, outputs: 3 },
    /^answersByStep: predictions has 12 numbers.*multiple of 15/,
  ],
  ['a class that the network has not', { ...options, among: [3] }, /^answersByStep: among\[0\] is 3.*0 to 2/],
  ['classes of one output', { timesteps: 6, among: [0] }, /^answersByStep: among is given with one output/],
  ['another number of lengths', { ...options, lengths: [1] }, /^answersByStep: lengths has 1 number/],
] as const)
  test(`${what}: refused`, async () => {
    const y = given.timesteps === 6 ? Array(12).fill(0) : [1, 1, 0, 2];
    await assert.rejects(answersByStep(predictions, y, given), (error: Error) => {
      assert.match(error.message, message);
      return true;
    });
  });
