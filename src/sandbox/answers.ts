/** Invented answers for the demo, `rond play` and the tests: the same catalogue and seed always give the same ones. */

import type { Language } from '../domain/group.ts';
import type { Catalogue, Rating, Ratings } from '../domain/instrument.ts';
import type { Level } from '../domain/levels.ts';

const order = ['surplus', 'sustainable', 'vulnerable', 'shortage'] as const;

/** Chances out of ten of surplus, sustainable, vulnerable, shortage (the rest are no level), and of getting worse. */
type Leaning = {
  now: readonly [number, number, number, number];
  worse: number;
};
const scarce: Leaning = { now: [0, 1, 3, 6], worse: 4 };
const strained: Leaning = { now: [0, 3, 5, 1], worse: 4 };
const steady: Leaning = { now: [1, 6, 2, 0], worse: 2 };
const rare: Leaning = { now: [0, 3, 2, 1], worse: 1 };

/** By the beginning of the item's key, in Swedish and Norwegian; the first that fits. */
const leanings: readonly (readonly [RegExp, Leaning])[] = [
  [/^(sjukskoterska|specialistsjuk|distriktssk|sykepleier|barnmorska|jordmor|underskoterska|specialistunder)/, scarce],
  [/^(helsefagarbeider|vernepleier|lakare|lege|rontgen|radiograf|tandlakare|biomed|bioing|mas|mar)/, strained],
  [/^(psykolog|psykoterapeut|logoped|arbetsterapeut|ergoterapeut|socialsekreterare|enhetschef)/, strained],
  [/^(kiropraktor|naprapat|osteopat|sjukhusfysiker|perfusjonist|ortop|optiker|audi)/, rare],
];

const reasons: Record<Language, { short: string[]; worse: string[]; better: string[] }> = {
  sv: {
    short: [
      'Tjänster står vakanta trots upprepad annonsering.',
      'Vi klarar bemanningen bara med hyrpersonal.',
      'Få sökande med rätt erfarenhet, särskilt till kvällar och helger.',
    ],
    worse: [
      'Flera går i pension de närmaste åren.',
      'Behovet växer när vården flyttar närmare hemmet.',
      'Färre utbildas i länet än vi behöver.',
    ],
    better: ['Nya utbildningsplatser ger fler sökande.', 'Ändrad arbetsfördelning avlastar gruppen.'],
  },
  nb: {
    short: [
      'Stillinger står ledige tross gjentatte utlysninger.',
      'Vi klarer bemanningen bare med innleid personell.',
      'Få søkere med riktig erfaring, særlig til kveld og helg.',
    ],
    worse: [
      'Flere går av med pensjon de nærmeste årene.',
      'Behovet øker når tjenestene flytter nærmere hjemmet.',
      'Det utdannes færre i regionen enn vi trenger.',
    ],
    better: ['Nye studieplasser gir flere søkere.', 'Ny oppgavedeling avlaster gruppen.'],
  },
  en: {
    short: [
      'Posts stay vacant after repeated advertising.',
      'We manage only with agency staff.',
      'Few applicants with the right experience, above all for evenings and weekends.',
    ],
    worse: [
      'Several retire in the next few years.',
      'The need grows as care moves closer to home.',
      'Fewer are trained in the county than we need.',
    ],
    better: ['New training places bring more applicants.', 'A new division of tasks eases the load.'],
  },
  fi: {
    short: [
      'Vakansseja on täyttämättä toistuvista hauista huolimatta.',
      'Selviämme vain vuokratyövoiman avulla.',
      'Sopivan kokemuksen omaavia hakijoita on vähän, etenkin iltoihin ja viikonloppuihin.',
    ],
    worse: [
      'Moni jää eläkkeelle lähivuosina.',
      'Tarve kasvaa, kun hoito siirtyy lähemmäs kotia.',
      'Alueella koulutetaan vähemmän kuin tarvitsemme.',
    ],
    better: ['Uudet koulutuspaikat tuovat lisää hakijoita.', 'Uusi työnjako keventää kuormaa.'],
  },
};

/**
 * One respondent's complete ratings: nurses are short, most others hold or strain, rare roles are often not there. A
 * shortage or a change always has its reason, in the respondent's language.
 */
export function exampleRatings(catalogue: Catalogue, seed: number, language: Language): Ratings {
  return Object.fromEntries(
    catalogue.items.map(({ key }) => [key, rate(leaningOf(key), dice(`${seed} ${key}`), language)]),
  );
}

function leaningOf(item: string): Leaning {
  return leanings.find(([beginning]) => beginning.test(item))?.[1] ?? steady;
}

function rate(leaning: Leaning, roll: () => number, language: Language): Rating {
  const now = presentLevel(leaning, roll() * 10, roll);
  const coming = comingLevel(leaning, now, roll() * 10);
  return {
    now,
    coming,
    comment: reasonFor(now, coming, reasons[language], roll()),
  };
}

function presentLevel(leaning: Leaning, at: number, roll: () => number): Level {
  let passed = 0;
  for (const [step, level] of order.entries()) {
    passed += leaning.now[step] ?? 0;
    if (at < passed) return level;
  }
  return leaning === rare || roll() < 0.3 ? 'not-with-us' : 'cannot-assess';
}

function comingLevel(leaning: Leaning, now: Level, at: number): Level {
  const step = (order as readonly Level[]).indexOf(now);
  if (step < 0) return now;
  if (at < leaning.worse) return order[Math.min(step + 1, 3)] ?? now;
  if (at >= 9.5) return 'cannot-assess';
  if (at >= 8.5) return order[Math.max(step - 1, 0)] ?? now;
  return now;
}

function reasonFor(now: Level, coming: Level, words: (typeof reasons)[Language], at: number): string {
  const [from, to] = [now, coming].map((level) => (order as readonly Level[]).indexOf(level)) as [number, number];
  const pick = (list: string[]) => list[Math.floor(at * list.length)] ?? '';
  if (from >= 0 && to >= 0 && to < from) return pick(words.better);
  if (from >= 0 && to > from) return pick(words.worse);
  return now === 'shortage' || coming === 'shortage' ? pick(words.short) : '';
}

/** Numbers in [0, 1) that depend on the text only (FNV-1a into mulberry32). */
function dice(text: string): () => number {
  let state = 2166136261;
  for (const character of text) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16777619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
