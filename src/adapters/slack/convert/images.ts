/** Image and ImageSet: only pictures that Slack itself can fetch, from a public https address. */

import type { ContextBlock, ImageElement, KnownBlock } from '@slack/types';
import { isObject, type Json, text, word } from './json.ts';
import { limits } from './limits.ts';
import { cut } from './spans.ts';
import { plainText } from './texts.ts';
import { bounded, listed, lose, say, spend, type Walk } from './walk.ts';

const privateHost =
  /^(?:localhost|.*\.(?:localhost|local|internal)|\[.*|0\..*|10\..*|127\..*|169\.254\..*|192\.168\..*|172\.(?:1[6-9]|2\d|3[01])\..*)$/i;

/** `own`: an address beside the public ones, as the sandbox's on this machine. */
export function publicImageUrl(value: unknown, own: string | null = null): string | null {
  const url = text(value).trim();
  if (own !== null && url.startsWith(`${own}/`) && url.length <= limits.image.url) return url;
  if (!/^https:\/\//i.test(url) || url.length > limits.image.url) return null;
  try {
    const { hostname, href } = new URL(url);
    const reachable = hostname.includes('.') && hostname.length <= 255 && !privateHost.test(hostname);
    return reachable && href.length <= limits.image.url ? href : null;
  } catch {
    return null;
  }
}

/** The picture, or its words when Slack cannot fetch it (data: and private addresses). */
export function imageElement(element: Json, path: string, walk: Walk): ImageElement | { words: string } {
  const url = publicImageUrl(element.url, walk.imagesFrom);
  const given = bounded(text(element.altText), path, walk).trim();
  if (given.length > limits.image.alt) lose(walk, path, 'cut', 'a long alternative text');
  const words = cut(given, limits.image.alt);
  if (url === null) {
    lose(walk, path, 'dropped', 'an image without a public https address');
    return { words };
  }
  if (words === '') lose(walk, path, 'label', 'an image without alternative text');
  return { type: 'image', image_url: url, alt_text: words === '' ? fileName(url) : words };
}

function fileName(url: string): string {
  return cut(new URL(url).pathname.split('/').at(-1) || 'image', 100);
}

export function image(element: Json, path: string, walk: Walk): KnownBlock[] {
  const made = imageElement(element, path, walk);
  if ('words' in made) return words(made.words, walk);
  say(walk, made.alt_text);
  return [made];
}

function words(alt: string, walk: Walk): KnownBlock[] {
  if (alt === '') return [];
  say(walk, alt);
  return [{ type: 'context', elements: [plainText(alt, limits.image.alt)] }];
}

export function imageSet(element: Json, path: string, walk: Walk): KnownBlock[] {
  const images = listed(element.images, `${path}.images`, walk);
  if (images.some((each) => isObject(each) && !isOrdinary(each))) return oneByOne(images, path, walk);
  const elements: ContextBlock['elements'] = [];
  for (const [index, each] of images.entries()) {
    const at = `${path}.images[${index}]`;
    if (!spend(walk, at)) break;
    if (!isObject(each)) {
      lose(walk, at, 'dropped', 'an image that is not an object');
      continue;
    }
    const made = imageElement(each, at, walk);
    const alt = 'words' in made ? made.words : made.alt_text;
    say(walk, alt);
    if (!('words' in made)) elements.push(made);
    else if (alt !== '') elements.push(plainText(alt, limits.image.alt));
  }
  walk.looks.add('size');
  if (elements.length > limits.context) lose(walk, path, 'chunked', `${elements.length} images`);
  const blocks: KnownBlock[] = [];
  for (let at = 0; at < elements.length; at += limits.context) {
    blocks.push({ type: 'context', elements: elements.slice(at, at + limits.context) });
  }
  return blocks;
}

/** A picture to press, to hide or to do without is one of its own. */
function isOrdinary({ isVisible, requires, selectAction, fallback, type }: Json): boolean {
  return (
    isVisible !== false &&
    requires === undefined &&
    selectAction === undefined &&
    fallback === undefined &&
    isImage(type)
  );
}

const isImage = (type: unknown) => type === undefined || word(type) === 'image';

function oneByOne(images: unknown[], path: string, walk: Walk): KnownBlock[] {
  lose(walk, path, 'flattened', 'pictures one below the other');
  const typed = images.map((each) => (isObject(each) ? { type: 'Image', ...each } : each));
  return walk.each(typed, `${path}.images`, walk);
}
