import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { languages } from '../../src/domain/group.ts';
import { catalogue, catalogues, instrument, instruments } from '../../src/library/library.ts';
import { loadLibrary } from '../../src/library/load.ts';
import { nameOf, wordsIn } from '../../src/library/names.ts';

const shipped = new URL('../../src/library/', import.meta.url);

describe('the shipped library', () => {
  it('has every file on the disk', () => {
    const onDisk = (folder: string) => readdirSync(new URL(folder, shipped)).map((file) => file.replace('.json', ''));
    expect(catalogues().map((entry) => entry.key)).toEqual(onDisk('catalogues/').sort());
    expect(instruments().map((entry) => entry.key)).toEqual(onDisk('instruments/').sort());
  });

  it('has names for what is chosen in everybody’s language', () => {
    for (const { key, title } of [...catalogues(), ...instruments()])
      expect(Object.keys(title).toSorted(), key).toEqual([...languages].toSorted());
  });

  it('has the role rating as the plan wants it', () => {
    expect(instrument('role-rating')).toMatchObject({
      version: 1,
      catalogue: 'se-legitimation-2023',
      commentRequired: 'shortage-or-differs',
      commentMax: 1000,
      pageSize: 6,
    });
  });

  it('has 22 regulated professions, all with Swedish and English names', () => {
    const { items } = catalogue('se-legitimation-2023');
    expect(items).toHaveLength(22);
    expect(items.filter((item) => item.names.sv && item.names.en)).toHaveLength(22);
    expect(items.find((item) => item.key === 'rontgensjukskoterska')?.names).toEqual({
      sv: 'Röntgensjuksköterska',
      nb: 'Radiograf',
      en: 'Radiographer',
      fi: 'Röntgenhoitaja',
    });
  });

  it('leaves a language out where a profession has no twin', () => {
    const without = (language: 'nb' | 'fi') =>
      catalogue('se-legitimation-2023')
        .items.filter((item) => item.names[language] === undefined)
        .map((item) => item.key);
    expect(without('nb')).toEqual(['halso-och-sjukvardskurator', 'psykoterapeut', 'sjukhusfysiker']);
    expect(without('fi')).toEqual(['halso-och-sjukvardskurator']);
  });

  it('has the assistant nurse only beside the regulated professions', () => {
    const has = (key: string) => catalogue(key).items.some((item) => item.key === 'underskoterska');
    expect([has('se-naravard'), has('se-legitimation-2023')]).toEqual([true, false]);
  });

  it('has the 33 Norwegian ones', () => {
    const { items } = catalogue('no-helsepersonell-48');
    expect(items).toHaveLength(33);
    expect(items.filter((item) => item.names.nb)).toHaveLength(33);
  });

  it('names the known ones when asked for another', () => {
    expect(() => catalogue('se-legitimation')).toThrow(
      /"se-legitimation".*no-helsepersonell-48, se-legitimation-2023, se-naravard/,
    );
    expect(() => instrument('constructor')).toThrow(/"constructor".*role-rating/);
  });
});

describe('a name for a reader', () => {
  const counsellor = catalogue('se-legitimation-2023').items.find((item) => item.key === 'halso-och-sjukvardskurator')!;
  it('is in their language, else in the fallback, and says which', () => {
    expect(nameOf(counsellor, 'en', ['sv'])).toEqual({
      name: 'Healthcare counsellor (social work)',
      language: 'en',
    });
    expect(nameOf(counsellor, 'nb', ['fi', 'sv'])).toEqual({
      name: 'Hälso- och sjukvårdskurator',
      language: 'sv',
    });
  });
  it('is in any language there is when no fallback has it', () => {
    expect(wordsIn({ nb: 'Vernepleier' }, 'sv', ['fi'])).toEqual({
      name: 'Vernepleier',
      language: 'nb',
    });
  });
});

describe('a broken library', () => {
  const item = { key: 'a', names: { sv: 'A' }, status: 'existing' };
  const good = {
    key: 'c',
    version: 1,
    title: { sv: 'C' },
    source: 's',
    items: [item],
  };
  const rating = {
    key: 'i',
    version: 1,
    title: { sv: 'I' },
    catalogue: 'c',
    commentRequired: 'never',
    commentMax: 100,
    pageSize: 8,
  };
  const load = (catalogueText: string, instrumentText: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'library-'));
    for (const sub of ['catalogues', 'instruments']) mkdirSync(join(folder, sub));
    writeFileSync(join(folder, 'catalogues', 'c.json'), catalogueText);
    writeFileSync(join(folder, 'instruments', 'i.json'), instrumentText);
    return loadLibrary(pathToFileURL(`${folder}/`));
  };

  it('is read when there is nothing wrong with it', () => {
    expect([...load(JSON.stringify(good), JSON.stringify(rating)).catalogues.keys()]).toEqual(['c']);
  });

  it.each([
    ['not JSON', '{', rating, /c\.json: not readable/],
    ['an item twice', { ...good, items: [item, item] }, rating, /c\.json:[\s\S]*stands twice/],
    ['no items', { ...good, items: [] }, rating, /c\.json/],
    ['no name in any language', { ...good, items: [{ ...item, names: {} }] }, rating, /at least one language/],
    ['a language nobody reads here', { ...good, title: { sv: 'C', de: 'C' } }, rating, /c\.json/],
    ['a key that is no slug', { ...good, items: [{ ...item, key: 'Läkare' }] }, rating, /slug/],
    ['a key with a colon', { ...good, items: [{ ...item, key: 'a:b' }] }, rating, /slug/],
    ['a misspelt member', { ...good, itmes: [] }, rating, /itmes/],
    ['another name than its file', { ...good, key: 'd' }, rating, /c\.json: its key is "d"/],
    ['too many items a page', good, { ...rating, pageSize: 9 }, /i\.json:[\s\S]*pageSize/],
    ['a catalogue that is not there', good, { ...rating, catalogue: 'x' }, /"x" is not among c/],
  ])('is refused with its file named: %s', (_, first, second, message) => {
    const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
    expect(() => load(text(first), text(second))).toThrow(message);
  });
});
