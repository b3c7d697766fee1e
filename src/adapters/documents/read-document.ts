/** A file with a plan in it → text and tables. What the bytes are decides, and the name only where they do not say. */

import { type SourceDocument, UnreadableDocument } from '../../ports/documents.ts';
import { checkZip } from './check-zip.ts';
import { decodeText } from './decode-text.ts';
import { readDelimited } from './read-delimited.ts';
import { readDocx } from './read-docx.ts';
import { readXlsx } from './read-xlsx.ts';

/** A longer file is no timetable. */
export const mostBytes = 20 * 1024 * 1024;

/**
 * @param name file name, for its ending and for messages; "-" for pasted text
 * @throws UnreadableDocument with a code and one sentence; nothing else
 */
export async function readDocument(name: string, bytes: Uint8Array): Promise<SourceDocument> {
  if (bytes.length > mostBytes) throw tooBig(name);
  if (bytes.length === 0) throw new UnreadableDocument('empty', `${named(name)} is empty.`);
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  if (startsWith(bytes, [0x50, 0x4b])) return await readOffice(name, bytes);
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw compound(name, ending, bytes);
  if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46]) || startsWith(bytes, [0x7b, 0x5c, 0x72, 0x74, 0x66])) {
    throw unknown(name);
  }
  if (ending === 'docx' || ending === 'xlsx') {
    const kind = ending === 'docx' ? 'Word' : 'Excel';
    throw new UnreadableDocument(
      'broken',
      `${named(name)} is not a whole ${kind} file: save it again and try once more.`,
    );
  }
  const text = decodeText(bytes);
  if (text === null) throw unknown(name);
  if (text.trim() === '') throw new UnreadableDocument('empty', `${named(name)} holds no text.`);
  return readDelimited(text, ending === 'csv' || ending === 'tsv') ?? { text, tables: [] };
}

/** For callers that stop reading before they have the whole file. */
export function tooBig(name: string): UnreadableDocument {
  return new UnreadableDocument(
    'too-big',
    `${named(name)} is larger than ${mostBytes / 1024 / 1024} MB, which no timetable is: give the document with the plan in it.`,
  );
}

async function readOffice(name: string, bytes: Uint8Array): Promise<SourceDocument> {
  const { kind, sheets } = checkZip(named(name), bytes);
  if (kind === 'other') throw unknown(name);
  try {
    const source = kind === 'docx' ? await readDocx(bytes) : await readXlsx(bytes, sheets);
    if (source.text.trim() === '') throw new UnreadableDocument('empty', `${named(name)} holds no text.`);
    return source;
  } catch (error) {
    if (error instanceof UnreadableDocument) throw error;
    const why = kind === 'xlsx' && error instanceof Error ? cellFault(error.message) : '';
    throw new UnreadableDocument(
      'broken',
      `${named(name)} could not be read${why}: open it, save it again and try once more.`,
    );
  }
}

/** The library names the cell that stopped it ("<c/> at row 3, col 2: …"). */
function cellFault(message: string): string {
  const found = /row (\d+), col (\d+)/.exec(message);
  return found ? ` because of the cell in row ${found[1]}, column ${found[2]}` : '';
}

/** Office puts a file with a password into the container its old formats used. */
function compound(name: string, ending: string, bytes: Uint8Array): UnreadableDocument {
  const old = /^(doc|xls|ppt|msg|dot|xlt)$/.test(ending);
  const locked = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(
    Buffer.from('EncryptedPackage', 'utf16le'),
  );
  if (old && !locked) {
    return new UnreadableDocument(
      'unknown-format',
      `${named(name)} is in an old Office format: save it as .docx or .xlsx and try once more.`,
    );
  }
  return new UnreadableDocument(
    'encrypted',
    `${named(name)} is protected with a password: save it without one and try once more.`,
  );
}

function unknown(name: string): UnreadableDocument {
  return new UnreadableDocument(
    'unknown-format',
    `${named(name)} is in a format that is not read: give .txt, .md, .docx, .xlsx or .csv, or paste the table as text.`,
  );
}

/** The name in a sentence: no path, no control characters, no page-long names. */
function named(name: string): string {
  if (name === '-') return 'The input';
  const last = name.split(/[/\\]/).at(-1) ?? name;
  return last.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '').slice(0, 100) || 'The file';
}

function startsWith(bytes: Uint8Array, head: readonly number[]): boolean {
  return head.every((byte, at) => bytes[at] === byte);
}
