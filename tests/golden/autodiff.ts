/**
 * Automatic differentiation in double with a tape: each number remembers how it was computed (reverse mode; Linnainmaa
 * 1970). It is slow and small, and shares no code with the core.
 */

export class Num {
  grad = 0;
  constructor(
    readonly value: number,
    private readonly from: readonly (readonly [Num, number])[] = [],
  ) {}

  /**
   * Numbers in the order in which they were computed. In reverse order, each number comes after everything that was
   * computed from it.
   */
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

  /** Computes `grad` of every number that this one depends on, and empties the tape. */
  backward(): void {
    this.grad = 1;
    for (const made of Num.tape.reverse()) for (const [source, slope] of made.from) source.grad += made.grad * slope;
    Num.tape = [];
  }
}

export const sum = (numbers: readonly Num[]): Num => numbers.reduce((total, one) => total.plus(one));
