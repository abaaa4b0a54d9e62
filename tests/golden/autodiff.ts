/**
 * Derivatives by the tape, in double: a number that remembers what it was made of (reverse mode; Linnainmaa 1970).
 * Slow, small, and derived from nothing of ours.
 */

export class Num {
  grad = 0;
  constructor(
    readonly value: number,
    private readonly from: readonly (readonly [Num, number])[] = [],
  ) {}

  /** Numbers in the order in which they were made, so that going back meets each after all that came of it. */
  static tape: Num[] = [];

  static of(value: number, ...from: (readonly [Num, number])[]): Num {
    const made = new Num(value, from);
    Num.tape.push(made);
    return made;
  }

  plus(other: Num): Num {
    return Num.of(this.value + other.value, [this, 1], [other, 1]);
  }
  minus(other: Num): Num {
    return Num.of(this.value - other.value, [this, 1], [other, -1]);
  }
  times(other: Num): Num {
    return Num.of(this.value * other.value, [this, other.value], [other, this.value]);
  }
  scaled(factor: number): Num {
    return Num.of(this.value * factor, [this, factor]);
  }
  tanh(): Num {
    const y = Math.tanh(this.value);
    return Num.of(y, [this, 1 - y * y]);
  }
  relu(): Num {
    return Num.of(Math.max(0, this.value), [this, this.value > 0 ? 1 : 0]);
  }
  sigmoid(): Num {
    const y = 1 / (1 + Math.exp(-this.value));
    return Num.of(y, [this, y * (1 - y)]);
  }
  exp(): Num {
    const y = Math.exp(this.value);
    return Num.of(y, [this, y]);
  }
  log(): Num {
    return Num.of(Math.log(this.value), [this, 1 / this.value]);
  }

  /** Fills `grad` of everything that this number was made of, and empties the tape. */
  backward(): void {
    this.grad = 1;
    for (const made of Num.tape.reverse()) for (const [source, slope] of made.from) source.grad += made.grad * slope;
    Num.tape = [];
  }
}

export const sum = (numbers: readonly Num[]): Num => numbers.reduce((total, one) => total.plus(one));
