/**
 * Those who ask at the same time share one statement: one way there and back, one commit. Whoever is alone does not wait.
 */

export type GatheringOptions<Question, Answer> = {
  /** Questions in one statement. */
  most: number;
  /** Statements under way at the same time; who comes while all are under way waits for the next. */
  flights: number;
  /**
   * Each goes on with its answer, as far as it can, before the next does: for answers of which much is made, which would otherwise all be
   * in memory at the same time.
   */
  inTurn?: boolean;
  /** Those of the same name go one after the other. */
  nameOf(question: Question): string;
  /** The answers, in the order of the questions. */
  ask(questions: Question[]): Promise<Answer[]>;
};

type Waiting<Question, Answer> = {
  question: Question;
  done(answer: Answer): void;
  fail(error: unknown): void;
};

export function gathering<Question, Answer>(
  options: GatheringOptions<Question, Answer>,
): (question: Question) => Promise<Answer> {
  const { most, flights, inTurn, nameOf, ask } = options;
  let waiting: Waiting<Question, Answer>[] = [];
  let flying = 0;
  const names = new Set<string>();
  let departing = false;

  /** What arrives with the same reading of the sockets leaves together. */
  function soon(): void {
    if (departing) return;
    departing = true;
    setImmediate(() => {
      departing = false;
      while (flying < flights) {
        const aboard = board();
        if (aboard.length === 0) return;
        void fly(aboard);
      }
    });
  }

  function board(): Waiting<Question, Answer>[] {
    const aboard: Waiting<Question, Answer>[] = [];
    const left: Waiting<Question, Answer>[] = [];
    for (const one of waiting) {
      const name = nameOf(one.question);
      if (aboard.length === most || names.has(name)) left.push(one);
      else {
        names.add(name);
        aboard.push(one);
      }
    }
    waiting = left;
    return aboard;
  }

  async function fly(aboard: Waiting<Question, Answer>[]): Promise<void> {
    flying += 1;
    try {
      const answers = await ask(aboard.map(({ question }) => question));
      for (const [index, one] of aboard.entries()) {
        if (inTurn) setImmediate(one.done, answers[index] as Answer);
        else one.done(answers[index] as Answer);
      }
    } catch (error) {
      await apart(aboard, error);
    } finally {
      flying -= 1;
      for (const { question } of aboard) names.delete(nameOf(question));
      if (waiting.length > 0) soon();
    }
  }

  /** One that cannot be stored must not take the others along. */
  async function apart(aboard: Waiting<Question, Answer>[], error: unknown): Promise<void> {
    if (aboard.length === 1) return aboard[0]?.fail(error);
    for (const one of aboard) {
      await ask([one.question]).then(
        ([answer]) => one.done(answer as Answer),
        (own: unknown) => one.fail(own),
      );
    }
  }

  return (question) =>
    new Promise((done, fail) => {
      waiting.push({ question, done, fail });
      soon();
    });
}
