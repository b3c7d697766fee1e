/** Looks a zip file over before anybody unpacks it: what it is, and that it does not grow beyond bounds. */

import { inflateRawSync } from 'node:zlib';
import { UnreadableDocument } from '../../ports/documents.ts';

/** Far above any real document, far below what would hurt. */
const mostEntries = 5000;
const mostUnpacked = 100 * 1024 * 1024;
/** What is parsed becomes many times larger in memory. */
const mostXml = 30 * 1024 * 1024;

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const localEntry = 0x04034b50;

type Entry = { name: string; packed: number; unpacked: number; method: number; at: number };

/**
 * @param name the file's name, for messages
 * @returns what kind of Office file it is; for a workbook also the unpacked sheets' XML
 * @throws UnreadableDocument broken, encrypted or too-big
 */
export function checkZip(name: string, bytes: Uint8Array): { kind: 'docx' | 'xlsx' | 'other'; sheets: string[] } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const entries = readDirectory(name, bytes, view);
  const total = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
  const isXml = (entry: Entry) => /\.(xml|rels|vml)$/i.test(entry.name);
  const xml = entries.filter(isXml).reduce((sum, entry) => sum + entry.unpacked, 0);
  if (total > mostUnpacked || xml > mostXml) throw grows(name);
  // The directory may understate: unpack each part with its own word as the bound.
  const sheets: string[] = [];
  for (const entry of entries) {
    const part = unpack(name, bytes, view, entry);
    if (/^xl\/worksheets\/[^/]+\.xml$/.test(entry.name)) sheets.push(new TextDecoder().decode(part));
  }
  const has = (path: string) => entries.some((entry) => entry.name.startsWith(path));
  return { kind: has('word/') ? 'docx' : has('xl/') ? 'xlsx' : 'other', sheets };
}

function readDirectory(name: string, bytes: Uint8Array, view: DataView): Entry[] {
  const end = findEnd(bytes.length, view);
  if (end < 0) throw broken(name);
  const count = view.getUint16(end + 10, true);
  if (count > mostEntries) throw grows(name);
  const entries: Entry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let n = 0; n < count; n++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== directoryEntry) throw broken(name);
    if ((view.getUint16(at + 8, true) & 1) === 1) {
      throw new UnreadableDocument(
        'encrypted',
        `${name} is protected with a password: save it without one and try once more.`,
      );
    }
    const nameLength = view.getUint16(at + 28, true);
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** The end record stands last, before a comment of at most 65 535 bytes. */
function findEnd(length: number, view: DataView): number {
  for (let at = length - 22; at >= 0 && at >= length - 22 - 65_535; at--) {
    if (view.getUint32(at, true) === endOfDirectory) return at;
  }
  return -1;
}

function unpack(name: string, bytes: Uint8Array, view: DataView, entry: Entry): Uint8Array {
  if (entry.at + 30 > bytes.length || view.getUint32(entry.at, true) !== localEntry) throw broken(name);
  const start = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true);
  if (start + entry.packed > bytes.length) throw broken(name);
  const packed = bytes.subarray(start, start + entry.packed);
  if (entry.method === 0) return packed;
  if (entry.method !== 8) throw broken(name);
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(entry.unpacked, 1) });
  } catch {
    throw broken(name);
  }
}

function broken(name: string): UnreadableDocument {
  return new UnreadableDocument('broken', `${name} is damaged or not whole: save it again and try once more.`);
}

function grows(name: string): UnreadableDocument {
  return new UnreadableDocument(
    'too-big',
    `${name} unpacks to more than any timetable holds: give the document with the plan in it.`,
  );
}
