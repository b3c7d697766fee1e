import { type Language, languages } from '../../domain/group.ts';

/** What Rond says when an action did not even reach the product; everything else comes as a card. */
const words = {
  'try-again': {
    sv: 'Det gick inte att spara just nu. Försök igen om en stund.',
    nb: 'Det gikk ikke å lagre akkurat nå. Prøv igjen om litt.',
    en: 'It could not be saved just now. Please try again in a moment.',
    fi: 'Tallennus ei onnistunut juuri nyt. Yritä hetken kuluttua uudelleen.',
  },
  'unknown-person': {
    sv: 'Rond kan inte se vem du är, eftersom Teams inte skickar med ditt arbetskonto. Kontakta sammankallande.',
    nb: 'Rond kan ikke se hvem du er, fordi Teams ikke sender med jobbkontoen din. Kontakt den som leder gruppen.',
    en: 'Rond cannot tell who you are, because Teams does not pass on your work account. Please contact the convenor.',
    fi: 'Rond ei näe, kuka olet, koska Teams ei välitä työtiliäsi. Ota yhteyttä ryhmän koollekutsujaan.',
  },
  'unknown-action': {
    sv: 'Rond känner inte till den knappen. Kortet kan vara gammalt.',
    nb: 'Rond kjenner ikke den knappen. Kortet kan være gammelt.',
    en: 'Rond does not know this button. The card may be old.',
    fi: 'Rond ei tunnista tätä painiketta. Kortti voi olla vanha.',
  },
} satisfies Record<string, Record<Language, string>>;
export type WordCode = keyof typeof words;

/** In the client's language, or English. `locale` is what the client says, e.g. "sv-SE". */
export function wordsFor(code: WordCode, locale: string | null | undefined): string {
  const spoken = (locale ?? '').toLowerCase().split('-')[0];
  const norwegian = spoken === 'no' || spoken === 'nn' ? 'nb' : spoken;
  return words[code][languages.find((language) => language === norwegian) ?? 'en'];
}
