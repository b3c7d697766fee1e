/** How a command ends when it does not end well: 1 refused, 2 bad input or use. The message is the one sentence shown. */
export class Exit extends Error {
  readonly code: 0 | 1 | 2;
  constructor(code: 0 | 1 | 2, message = '') {
    super(message);
    this.code = code;
  }
}
