/** The words dates are written with, in Swedish, Norwegian, Danish, Finnish and English. */

const monthForms: string[][] = [
  ['jan', 'januari', 'januar', 'january'],
  ['feb', 'febr', 'februari', 'februar', 'february'],
  ['mar', 'mars', 'marts', 'march'],
  ['apr', 'april'],
  ['maj', 'mai', 'may'],
  ['jun', 'juni', 'june'],
  ['jul', 'juli', 'july'],
  ['aug', 'augusti', 'august'],
  ['sep', 'sept', 'september'],
  ['okt', 'oct', 'oktober', 'october'],
  ['nov', 'november'],
  ['dec', 'des', 'december', 'desember'],
];
const finnishStems = [
  ...['tammi', 'helmi', 'maalis', 'huhti', 'touko', 'kesä', 'heinä', 'elo', 'syys', 'loka', 'marras', 'joulu'],
];
/** "lokakuu", "lokakuuta", "lokakuussa", "lokakuun", "loka". */
const finnishMonth = new RegExp(`^(${finnishStems.join('|')})(?:kuu(?:ta|ssa|n|hun|lla|lta|sta|ksi)?)?$`);

const months = new Map(monthForms.flatMap((forms, index) => forms.map((form) => [form, index + 1] as const)));

/** 1–12, or null when the (lower-case) word is no month. */
export function monthOf(word: string): number | null {
  const plain = word.replace(/\.$/, '');
  const stem = finnishMonth.exec(plain)?.[1];
  return stem ? finnishStems.indexOf(stem) + 1 : (months.get(plain) ?? null);
}

const ordinals: Record<string, number> = {
  ...{ första: 1, andra: 2, tredje: 3, fjärde: 4, første: 1, andre: 2, fjerde: 4, anden: 2 },
  ...{ first: 1, second: 2, third: 3, fourth: 4, ensimmäinen: 1, toinen: 2, kolmas: 3, neljäs: 4 },
};
export function ordinalOf(word: string): number | null {
  return Object.hasOwn(ordinals, word) ? (ordinals[word] as number) : null;
}

export const weekWord =
  'veckorna|veckor|veckan|vecka|ukene|uker|uken|uke|uge|viikoilla|viikolla|viikot|viikon|viikko|weeks|week|vko|vk|wk|v|w';
export const quarterWord = 'kvartalet|kvartalen|kvartal|kvartaali|neljännes|vuosineljännes|quarter|kv';

export type Meaning = 'and' | 'to' | 'from' | 'between' | 'ongoing' | 'maybe' | 'nothing';

const meanings: Record<Meaning, string[]> = {
  and: ['och', 'og', 'ja', 'and', 'samt', 'sekä'],
  to: [...['till', 'til', 'to', 'tom', 't.o.m', 'tills', 'through', 'thru', 'until', 'fram', 'asti', 'saakka']],
  from: ['från', 'fra', 'from', 'alkaen', 'fr.o.m', 'f.o.m', 'fom'],
  between: ['mellan', 'mellom', 'between'],
  ongoing: [
    ...['löpande', 'fortlöpande', 'kontinuerligt', 'kontinuerlig', 'tillsvidare', 'pågående', 'pågår', 'återkommande'],
    ...[
      'fortløpende',
      'løpende',
      'løbende',
      'kontinuerleg',
      'jatkuva',
      'jatkuvasti',
      'jatkuvaa',
      'jatkuu',
      'toistaiseksi',
    ],
    ...['ongoing', 'continuous', 'continuously', 'rolling', 'continual', 'on-going'],
  ],
  maybe: [
    ...[
      'ca',
      'cirka',
      'omkring',
      'prel',
      'preliminärt',
      'preliminär',
      'foreløpig',
      'foreløbig',
      'tentativt',
      'noin',
      'alustava',
    ],
    ...[
      'alustavasti',
      'about',
      'around',
      'approx',
      'approximately',
      'tentative',
      'tentatively',
      'preliminary',
      'kanske',
    ],
  ],
  // Words that say "by", "on", "of" or name the weekday: the date means the same without them.
  nothing: [
    ...[
      'senast',
      'senest',
      'seinast',
      'innen',
      'by',
      'viimeistään',
      'mennessä',
      'latest',
      'deadline',
      'due',
      'frist',
      'klart',
    ],
    ...[
      'klar',
      'färdig',
      'färdigt',
      'ferdig',
      'valmis',
      'done',
      'no',
      'not',
      'later',
      'than',
      'at',
      'the',
      'den',
      'd',
      'dag',
    ],
    ...[
      'i',
      'in',
      'on',
      'på',
      'of',
      'av',
      'under',
      'during',
      'aikana',
      'år',
      'vid',
      'året',
      'perioden',
      'period',
      'hela',
    ],
    ...[
      'måndag',
      'tisdag',
      'onsdag',
      'torsdag',
      'fredag',
      'lördag',
      'söndag',
      'mån',
      'tis',
      'tisd',
      'ons',
      'tors',
      'tor',
    ],
    ...[
      'fre',
      'lör',
      'sön',
      'mandag',
      'tirsdag',
      'lørdag',
      'søndag',
      'man',
      'tir',
      'lør',
      'søn',
      'maanantai',
      'tiistai',
    ],
    ...[
      'keskiviikko',
      'torstai',
      'perjantai',
      'lauantai',
      'sunnuntai',
      'maanantaina',
      'tiistaina',
      'keskiviikkona',
      'torstaina',
    ],
    ...[
      'perjantaina',
      'lauantaina',
      'sunnuntaina',
      'ma',
      'ti',
      'ke',
      'to.',
      'pe',
      'la',
      'su',
      'monday',
      'tuesday',
      'wednesday',
    ],
    ...[
      'thursday',
      'friday',
      'saturday',
      'sunday',
      'mon',
      'tue',
      'tues',
      'wed',
      'thu',
      'thur',
      'thurs',
      'fri',
      'sat',
      'sun',
    ],
  ],
};
const meaningOf = new Map(
  (Object.entries(meanings) as [Meaning, string[]][]).flatMap(([meaning, list]) =>
    list.map((word) => [word, meaning] as const),
  ),
);

/** What a (lower-case) word does in a date cell; null when it is none of these. */
export function wordMeaning(word: string): Meaning | null {
  return meaningOf.get(word) ?? meaningOf.get(word.replace(/\.$/, '')) ?? null;
}

/** Several words that mean one. */
export const phrases: [RegExp, string][] = [
  [/(?:till|til) (?:och|og) med|t o m(?!\p{L})/gu, 'till'],
  [/(?:från|fra) (?:och|og) med|fr? o m(?!\p{L})/gu, 'från'],
  [/tills vidare|inntil videre|until further notice/gu, 'löpande'],
];

/** Cells that say there is no date yet. */
export const noDate =
  /^(?:[-–—?.\s]*|tbd|tba|n\/a|oklart|ej klart|ej bestämt|ej beslutat|inte bestämt|datum saknas|saknas|ikke avklart|ikke fastsatt|ikke bestemt|avoin|ei tiedossa|ei päätetty|not decided|not set|to be decided|to be defined|none|open)$/;
