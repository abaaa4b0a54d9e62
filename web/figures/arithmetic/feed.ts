/** The arithmetic of one unit at one time step of the shown sequence. */

import { requestForFigure } from '../../app/figure-request.ts';
import type { App } from '../../app/app.ts';
import { listenTo } from '../../app/listen-to.ts';
import { namesOf } from '../../shared/data-names.ts';
import { RUN } from '../../state/config.ts';
import { MOMENT } from '../../state/state.ts';
import { highlightOf } from '../../symbols/highlight-event.ts';
import type { RnnNetwork } from '../network/element.ts';
import type { RnnUnrolled } from '../unrolled/element.ts';
import '../../controls/rnn-symbol.ts';
import './element.ts';
import type { RnnArithmetic } from './element.ts';

/** The settings that choose the sum. */
const PLACE = ['t', 'unit', 'layer', 'gate'] as const;

export function feed(app: App, figure: RnnArithmetic): void {
  const { store } = app;
  const run = app.runOf(figure);
  requestForFigure(app, figure, {
    lane: 'arithmetic',
    fields: [...RUN, ...MOMENT, ...PLACE],
    request: (state) => ({
      ...run.inspection.request(state),
      ...{ t: state.t, unit: state.unit, layer: state.layer, gate: state.gate },
    }),
    show: ({ numbers }) => {
      figure.numbers = numbers;
    },
  });
  run.data.listen(({ task }) => {
    figure.names = namesOf(task);
  });
  const showState = (): void => {
    figure.order = store.state.order;
    figure.term = store.state.term;
  };
  store.listen(showState);
  showState();
  /* A term and its source in the network are highlighted together, whichever of the two is under the pointer. */
  const network = app.parts.find<RnnNetwork>('rnn-network');
  const unrolled = app.parts.find<RnnUnrolled>('rnn-unrolled');
  listenTo(figure, 'rnn-term', (term) => {
    if (network) network.highlight = highlightOf(term);
    if (unrolled) unrolled.source = highlightOf(term);
  });
  if (network)
    listenTo(network, 'rnn-term', (term) => {
      figure.highlight = highlightOf(term);
    });
  listenTo(figure, 'rnn-timestep', ({ timestep }) => store.change({ t: timestep }));
  listenTo(figure, 'rnn-unit', ({ unit }) => store.change({ unit }));
  listenTo(figure, 'rnn-gate', ({ gate }) => store.change({ gate }));
  listenTo(figure, 'rnn-choice', ({ term }) => store.change({ term }));
  listenTo(figure, 'rnn-order', ({ order }) => store.change({ order }));
}
