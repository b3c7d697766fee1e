import type { IncomingMessage } from 'node:http';

/** The bytes of a request; "too-big" past `limit` bytes, "broken" when the sender went away. */
export function rawBody(request: IncomingMessage, limit: number): Promise<Buffer | 'too-big' | 'broken'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      // What is too much is still read, and dropped: closing early would hide the answer from the sender.
      if (size > limit) chunks.length = 0;
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(size > limit ? 'too-big' : Buffer.concat(chunks)));
    request.on('error', () => resolve('broken'));
    request.on('close', () => resolve('broken'));
  });
}
