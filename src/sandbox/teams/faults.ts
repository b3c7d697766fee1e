import type { Response } from 'express';
import type { WireFault } from '../wire.ts';

export type Done = { status: number; body: object };

export type Faults = {
  add(fault: WireFault): void;
  /** Does the work and answers, unless a fault is waiting for this kind of request: then before or after the work. */
  serve(on: WireFault['on'], response: Response, work: () => Done): void;
};

function fail(fault: WireFault, response: Response): void {
  if (fault.how === 'status') {
    const told = { error: { code: 'InjectedFault', message: `the sandbox was told to answer ${fault.status}` } };
    response
      .status(fault.status)
      .set(fault.headers ?? {})
      .json(fault.body ?? told);
  } else if (fault.how === 'reset') {
    response.req.socket.resetAndDestroy();
  }
}

/** What goes wrong next, first in first out for each kind of request. */
export function openFaults(waiting: WireFault[] = []): Faults {
  return {
    add: (fault) => void waiting.push(fault),
    serve(on, response, work) {
      const index = waiting.findIndex((fault) => fault.on === on);
      const [fault] = index === -1 ? [] : waiting.splice(index, 1);
      if (fault && !fault.after) return fail(fault, response);
      const done = work();
      if (fault) return fail(fault, response);
      response.status(done.status).json(done.body);
    },
  };
}
