/** Tables as the clients send them when somebody pastes one. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pastedTables } from '../../src/adapters/slack/pasted.ts';
import { pastedLines } from '../../src/adapters/teams/pasted.ts';

const html = (content: string) => [{ contentType: 'text/html', content }];

describe('Teams', () => {
  it('sends a table as HTML: its rows are lines, its cells stand between tabs', () => {
    const content = `<div><p>Vår plan:</p><table itemprop="copy-paste-table"><tbody>
      <tr><td><p>Aktivitet</p></td> <td><b>Ansvarig</b></td><td>Tidplan</td></tr>
      <tr><td>Utveckla&nbsp;enkät &amp; testa</td><td></td><td>12/10<br>30/11</td></tr></tbody></table><p>Hälsningar</p></div>`;
    expect(
      pastedLines(html(content))
        ?.split('\n')
        .map((line) => line.trim()),
    ).toEqual(['Vår plan:', 'Aktivitet\tAnsvarig\tTidplan', 'Utveckla enkät & testa\t\t12/10 30/11', 'Hälsningar']);
  });

  it('is asked for tables only', () => {
    expect(pastedLines(html('<p>plan</p>'))).toBe(null);
    expect(pastedLines([{ contentType: 'application/vnd.microsoft.card.adaptive', content: {} }])).toBe(null);
    expect(pastedLines(null)).toBe(null);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void pastedLines(html(`<table>${text}`))));
  });

  // Of more than its length, the work would outlast the test's minute.
  it('finds nothing in cells that never end', () =>
    expect(pastedLines(html(`<table>${'<td '.repeat(500_000)}`))).toBe(null));
});

describe('Slack', () => {
  const raw = (text: string) => ({ type: 'raw_text', text });
  const rich = (...texts: string[]) => ({
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: texts.map((text) => ({ type: 'text', text })) }],
  });
  const table = {
    type: 'table',
    rows: [
      [raw('Aktivitet'), raw('Ansvarig')],
      [rich('Utveckla ', 'enkät'), raw('')],
    ],
  };

  it('sends a table as a block, of its own or of an attachment', () => {
    expect(pastedTables([table], undefined)).toEqual(['Aktivitet\tAnsvarig\nUtveckla enkät\t']);
    expect(pastedTables(undefined, [{ blocks: [table] }])).toEqual(['Aktivitet\tAnsvarig\nUtveckla enkät\t']);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (blocks, attachments) => void pastedTables(blocks, attachments)),
    );
    expect(pastedTables([{ type: 'section' }], 'x')).toEqual([]);
  });
});
