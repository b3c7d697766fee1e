/** Suggests what sort of work an activity is from its words, in Swedish, Norwegian, Danish, Finnish and English. */

import type { ActivityKind } from '../group.ts';
import type { PlanDue } from './plan.ts';

const survey =
  '(?:enkät|formulär|frågor|frågeformulär|skattning|spørreundersøk|spørreskjema|skjema|undersøkelse|kysely|lomak|survey|questionnaire|\\bform\\b)';

/** Gathering views on the survey itself, or trying it out. */
const pilot = new RegExp(
  [
    '\\bpilot',
    'utprøv',
    'koekysely',
    `(?:synpunkt|återkoppl|tester?a?\\b|testning|prova|provomgång|granska|innspill|synspunkter|tilbakemelding|prøve|teste|palau?t|komment|näkemyk|mielipi|testa|kokeil|views|feedback|comment|input|try out|trial|test(?:ing)?\\b).{0,60}${survey}`,
    `${survey}.{0,20}(?:synpunkt|pilot|testas|test\\b)`,
  ].join('|'),
);
const meeting =
  /workshop|möte|seminari|konferens|konferanse|møte|dialogdag|webb?inar|kokou|työpaja|kick-?off|tapaami|\bmeeting|conference|\bseminar/;
const watch =
  /kunskapsinhämtning|omvärldsbevak|\bbevak|\bfölj(?:a|er)?\b(?! upp)|kunnskapsinnhenting|overvåk|\bfølg(?:e|er)?\b(?! opp)|seura(?:ta|nta|taan)|tiedonhankin|\bmonitor|\bwatch|\bfollow(?:ing)?\b(?!.?up)|keep an eye|horizon scan/;
const collection =
  /datainsamling|insamling av|samla in|enkätutskick|(?:skicka|sända) ut|utskick av|(?:genomför|besvara|svara på).{0,30}enkät|datainnsamling|dataindsamling|innsamling|samle inn|(?:sende|send) ut|(?:gjennomføre|gjennomføring|besvare).{0,40}(?:undersøkelse|skjema)|tiedonkeruu|aineistonkeruu|tietojen keruu|kerätään|kerätä|kyselyn (?:toteut|lähet)|data collection|data gathering|collect(?:ing)? (?:data|answers|responses)|send out|(?:run|answer|conduct)(?:ing)?.{0,20}survey|survey (?:open|period|launch)/;
const task =
  /sammanst|analys|rapport|redovis|oppsummer|sammenstil|yhteenveto|kooste|koosta|raport|compil|summar|\breport|utveckl|ta fram|utform|skapa|utarbeta|bygg|revider|utvikl|utarbeid|utforme|\blage\b|laati|kehittä|\bdevelop|\bdesign|\bdraft|\bcreate|\bbuild|\bwrite/;
/** Planning a meeting is about the meeting; planning a survey is a task. */
const preparation = /planer|förbered|planlegg|forbered|suunnit|valmistel|\bplan|\bprepar/;

const surveyWord = new RegExp(survey);

/**
 * The kind suggested for a title: the first word that tells decides ("Sammanställa datainsamlingen" is a task,
 * "Datainsamling och analys" a collection). A survey with a window is a collection when nothing else is said.
 */
export function suggestKind(title: string, due: readonly PlanDue[]): ActivityKind {
  const words = title.normalize('NFC').toLowerCase().slice(0, 500);
  const place = (pattern: RegExp) => {
    const at = words.search(pattern);
    return at < 0 ? Number.POSITIVE_INFINITY : at;
  };
  const found: [ActivityKind, number][] = [
    ['pilot', place(pilot)],
    ['collection', place(collection)],
    ['task', place(task)],
    ['watch', place(watch)],
    ['meeting', place(meeting)],
  ];
  const [kind, at] = found.reduce((first, next) => (next[1] < first[1] ? next : first));
  const prepared = place(preparation);
  if (prepared < at && kind !== 'meeting') return 'task';
  if (Number.isFinite(at)) return kind;
  const window = due.some((point) => 'from' in point);
  return window && surveyWord.test(words) ? 'collection' : 'task';
}
