import { describe, expect, it } from 'vitest';
import { suggestKind } from '../../../src/domain/plan/kind.ts';
import type { PlanDue } from '../../../src/domain/plan/plan.ts';

const day: PlanDue[] = [{ on: Temporal.PlainDate.from('2022-10-12') }];
const window: PlanDue[] = [{ from: Temporal.PlainDate.from('2022-10-12'), to: Temporal.PlainDate.from('2022-11-07') }];

describe('the kind a title suggests', () => {
  it.each([
    ['Datainsamling (enkät)', 'collection'],
    ['Skicka ut enkät till alla kommuner', 'collection'],
    ['Datainsamling och analys', 'collection'],
    ['Datainnsamling', 'collection'],
    ['Gjennomføre spørreundersøkelse', 'collection'],
    ['Tiedonkeruu (kysely)', 'collection'],
    ['Data collection', 'collection'],
    ['Inhämta synpunkter på enkäten', 'pilot'],
    ['Testa enkäten i två kommuner', 'pilot'],
    ['Pilot', 'pilot'],
    ['Innhente innspill til spørreskjemaet', 'pilot'],
    ['Innhente synspunkter på spørreskjemaet', 'pilot'],
    ['Pyydetään kommentteja kyselyyn', 'pilot'],
    ['Kysytään mielipiteitä lomakkeesta', 'pilot'],
    ['Palautteen kerääminen kyselystä', 'pilot'],
    ['Gather views on the survey', 'pilot'],
    ['Utveckla enkät', 'task'],
    ['Planera datainsamling', 'task'],
    ['Utvikle spørreskjema', 'task'],
    ['Kyselyn laatiminen', 'task'],
    ['Design the questionnaire', 'task'],
    ['Sammanställa resultatet', 'task'],
    ['Sammanställa datainsamlingen', 'task'],
    ['Kunskapssammanställning', 'task'],
    ['Sammanställning rapport', 'task'],
    ['Kartlägga befintliga nätverk Nationellt', 'task'],
    ['Följa upp handlingsplanen', 'task'],
    ['Kunskapsinhämtning Bevaka departementets uppdrag att föreslå vägar', 'watch'],
    ['Följa utvecklingen nationellt', 'watch'],
    ['Overvåke regjeringens arbeid', 'watch'],
    ['Seurataan kansallista työtä', 'watch'],
    ['Monitor the national assignment', 'watch'],
    ['Planering eventuell workshop', 'meeting'],
    ['Styrgruppsmöte', 'meeting'],
    ['Planlegge møte', 'meeting'],
    ['Työpajan suunnittelu', 'meeting'],
    ['Prepare the kick-off meeting', 'meeting'],
  ])('%s: %s', (title, kind) => expect(suggestKind(title, day)).toBe(kind));

  it('a survey is collected only when it has a window', () => {
    for (const title of ['Enkät', 'Spørreundersøkelse', 'Kysely', 'Survey']) {
      expect(suggestKind(title, window)).toBe('collection');
      expect(suggestKind(title, day)).toBe('task');
    }
  });

  it('developing a survey is a task however long it takes', () =>
    expect(suggestKind('Utveckla enkät', window)).toBe('task'));
  it('decomposed letters are the same word', () =>
    expect(suggestKind('Styrgruppsmöte'.normalize('NFD'), [])).toBe('meeting'));
});
