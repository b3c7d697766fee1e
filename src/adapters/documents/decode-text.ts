/**
 * Bytes → text with \n line ends: by the byte order mark, else UTF-8, else Windows-1252, which is what Nordic offices
 * saved for decades. Null when this is no text at all.
 */
export function decodeText(bytes: Uint8Array): string | null {
  const text = decode(bytes);
  if (isNoise(text)) return null;
  return text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Text has next to no control characters; pictures, programs and random bytes are full of them. */
function isNoise(text: string): boolean {
  let controls = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 32 && code !== 9 && code !== 10 && code !== 12 && code !== 13) controls++;
  }
  return controls > 2 && controls > text.length / 500;
}
