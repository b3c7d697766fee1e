/** Opens the file a person names, or what they pasted. */

import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { type SourceDocument, UnreadableDocument } from '../../ports/documents.ts';
import { mostBytes, readDocument, tooBig } from './read-document.ts';

/**
 * @param path a file, or "-" for `input`
 * @throws UnreadableDocument with a code and one sentence; nothing else
 */
export async function openDocument(path: string, input: Readable): Promise<SourceDocument> {
  const stream = path === '-' ? input : createReadStream(path);
  return await readDocument(path, await readBounded(path, stream));
}

/** Stops at the limit, so that a device or a disk image costs no more than a document. */
async function readBounded(path: string, stream: Readable): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size > mostBytes) throw tooBig(path);
      chunks.push(bytes);
    }
  } catch (error) {
    if (error instanceof UnreadableDocument) throw error;
    throw new UnreadableDocument('no-file', whyNot(path, error));
  }
  return Buffer.concat(chunks);
}

function whyNot(path: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  const name = JSON.stringify(path);
  if (code === 'ENOENT') return `There is no file ${name}: check the path.`;
  if (code === 'EISDIR') return `${name} is a folder: name the file in it.`;
  if (code === 'EACCES' || code === 'EPERM') return `${name} may not be read: check its permissions.`;
  return `${name} could not be opened (${String(code || 'unknown reason')}): check the path.`;
}
