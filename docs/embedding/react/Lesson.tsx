import { useState } from 'react';
import type {} from 'unrolled/react'; // the types of <rnn-figure> in JSX
import 'unrolled/figures.mjs'; // defines the element; on a server it does nothing

export function Lesson() {
  const [t, setT] = useState(7);
  return (
    <main>
      <rnn-figure
        view="network"
        task="first"
        epoch={40}
        t={t}
        unit={5}
        controls="step,play"
        onrnn-step={({ detail }) => setT(detail.t)}
      />
      <p>You see time step {t}.</p>
      <button type="button" onClick={() => setT(3)}>
        Time step 3
      </button>
    </main>
  );
}
