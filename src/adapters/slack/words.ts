import { type Language, languages } from '../../domain/group.ts';

/** The few sentences that must be said when no card could be had from the product. */
export type Words = { fillIn: string; close: string; failed: string; tooLate: string; invalid: string };

export const words: Record<Language, Words> = {
  sv: {
    fillIn: 'Fyll i',
    close: 'Stäng',
    failed: 'Det gick inte att spara just nu. Inget har gått förlorat: tryck en gång till om en stund.',
    tooLate: 'Det tog för lång tid att öppna rutan. Tryck en gång till.',
    invalid: 'Det som står här är inte av det slag som efterfrågas.',
  },
  nb: {
    fillIn: 'Fyll ut',
    close: 'Lukk',
    failed: 'Det gikk ikke å lagre akkurat nå. Ingenting er gått tapt: trykk en gang til om litt.',
    tooLate: 'Det tok for lang tid å åpne vinduet. Trykk en gang til.',
    invalid: 'Det som står her, er ikke av det slaget det spørres etter.',
  },
  en: {
    fillIn: 'Fill in',
    close: 'Close',
    failed: 'This could not be saved just now. Nothing is lost: press once more in a moment.',
    tooLate: 'It took too long to open the window. Press once more.',
    invalid: 'What stands here is not of the kind that is asked for.',
  },
  fi: {
    fillIn: 'Täytä',
    close: 'Sulje',
    failed: 'Tallennus ei onnistunut juuri nyt. Mitään ei ole kadonnut: paina hetken päästä uudelleen.',
    tooLate: 'Ikkunan avaaminen kesti liian kauan. Paina uudelleen.',
    invalid: 'Tässä oleva tieto ei ole pyydettyä muotoa.',
  },
};

/** The words for a card's own language ("sv", "sv-SE"), or the given ones when it names none of ours. */
export function wordsFor(lang: unknown, otherwise: Words): Words {
  const language = languages.find((known) => typeof lang === 'string' && lang.toLowerCase().startsWith(known));
  return language ? words[language] : otherwise;
}
