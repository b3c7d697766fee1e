import { deflateRawSync } from 'node:zlib';
import {
  Document,
  ExternalHyperlink,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalMergeType,
} from 'docx';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { readDocument } from '../../../src/adapters/documents/read-document.ts';
import { dueKey } from '../../../src/domain/plan/plan.ts';
import { readPlan } from '../../../src/domain/plan/read-plan.ts';
import { UnreadableDocument } from '../../../src/ports/documents.ts';
import { charter } from '../../domain/plan/timetable.ts';

const bytes = (text: string, encoding: BufferEncoding = 'utf8') => new Uint8Array(Buffer.from(text, encoding));
const plan = async (name: string, content: Uint8Array) => {
  const result = readPlan(await readDocument(name, content), { decided: Temporal.PlainDate.from('2022-09-23') });
  if (!result.ok) throw new Error(result.message);
  return result.plan.activities.map(({ title, owners, due, links, line }) => ({
    title,
    owners,
    due: due.map(dueKey).join(' '),
    links,
    line,
  }));
};
const titles = async (name: string, content: Uint8Array) => (await plan(name, content)).map(({ title }) => title);
const fault = async (name: string, content: Uint8Array) => {
  const error = await readDocument(name, content).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UnreadableDocument)) throw new Error(`read, or threw something else: ${error}`);
  expect(error.message).toMatch(/^[^\n]+\.$/);
  return error.code;
};

const cell = (...paragraphs: (string | Paragraph)[]) =>
  new TableCell({ children: paragraphs.map((one) => (typeof one === 'string' ? new Paragraph(one) : one)) });
const row = (...cells: (string | TableCell)[]) =>
  new TableRow({ children: cells.map((one) => (typeof one === 'string' ? cell(one) : one)) });
const docx = async (...children: (Paragraph | Table)[]) =>
  new Uint8Array(await Packer.toBuffer(new Document({ sections: [{ children }] })));
const heading = row('Aktivitet', 'Ansvarig', 'Tidplan');

describe('text', () => {
  it.each([
    ['UTF-8', bytes(charter)],
    ['UTF-8 with a byte order mark', bytes(`\ufeff${charter}`)],
    ['UTF-16 little-endian', bytes(`\ufeff${charter}`, 'utf16le')],
    ['UTF-16 big-endian', new Uint8Array(Buffer.from(`\ufeff${charter}`, 'utf16le').swap16())],
    ['Windows-1252, as offices saved for decades', bytes(charter, 'latin1')],
    ['Windows line ends', bytes(charter.replaceAll('\n', '\r\n'))],
    ['old Mac line ends', bytes(charter.replaceAll('\n', '\r'))],
  ])('%s', async (_, content) => {
    const found = await plan('plan.txt', content);
    expect(found).toHaveLength(11);
    expect(found[6]).toMatchObject({ title: 'Inhämta synpunkter på enkäten', line: 24 });
  });

  it('Windows-1252 keeps its own dashes', async () => {
    const content = new Uint8Array([
      ...bytes('Aktivitet\tTidplan\nEnk'),
      0xe4,
      ...bytes('t\t12/10 '),
      0x96,
      ...bytes(' 7/11'),
    ]);
    expect(await plan('a.txt', content)).toMatchObject([{ title: 'Enkät', due: '2022-10-12/2022-11-07' }]);
  });
});

describe('comma separated values', () => {
  it.each([
    ['semicolons, as Excel in Sweden', 'plan.csv', 'Aktivitet;Ansvarig;Tidplan\nEnkät, del 1;Alla;12/10\n'],
    ['commas and quotes', 'plan.csv', 'Aktivitet,Ansvarig,Tidplan\n"Enkät, del 1",Alla,12/10\n'],
    ['tabs', 'plan.tsv', 'Aktivitet\tAnsvarig\tTidplan\nEnkät, del 1\tAlla\t12/10\n'],
    ['tabs although it is called csv', 'plan.csv', 'Aktivitet\tAnsvarig\tTidplan\nEnkät, del 1\tAlla\t12/10\n'],
    ['quotes around everything', 'plan.csv', '"Aktivitet";"Ansvarig";"Tidplan"\r\n"Enkät, del 1";"Alla";"12/10"\r\n'],
    ['pasted without a name', '-', 'Aktivitet;Ansvarig;Tidplan\nEnkät, del 1;Alla;12/10\n'],
    [
      'a byte order mark and a line for Excel first',
      'plan.csv',
      '\ufeffsep=;\nAktivitet;Ansvarig;Tidplan\nEnkät, del 1;Alla;12/10\n',
    ],
  ])('%s', async (_, name, text) =>
    expect(await plan(name, bytes(text))).toMatchObject([{ title: 'Enkät, del 1', owners: 'all', due: '2022-10-12' }]),
  );

  it('a cell with a line break in it, and the lines after it', async () => {
    const found = await plan('plan.csv', bytes('Aktivitet;Tidplan\n"Enkät";"12/10\n30/11"\n\nRapport;13/12\n'));
    expect(found).toMatchObject([
      { title: 'Enkät', due: '2022-10-12 2022-11-30', line: 2 },
      { title: 'Rapport', due: '2022-12-13', line: 5 },
    ]);
  });

  it('a quotation mark that is never closed is one sentence', async () =>
    expect(await fault('plan.csv', bytes('Aktivitet;Tidplan\n"Enkät;12/10\nRapport;13/12\n'))).toBe('broken'));
});

describe('Word', () => {
  it('a charter with its table broken in two by a page, links and bold', async () => {
    const link = new ExternalHyperlink({ link: 'https://example.org/uppdrag', children: [new TextRun('uppdraget')] });
    const content = await docx(
      new Paragraph('Beslutat av arbetsutskottet'),
      new Paragraph('2022-09-23'),
      new Table({
        rows: [
          heading,
          row(
            cell(
              new Paragraph({ children: [new TextRun({ text: 'Bevaka', bold: true }), new TextRun(' '), link] }),
              'Mer om det.',
            ),
            'Alla',
            '',
          ),
          row('Sammanställning', 'Maja', cell('12/10', '30/11')),
        ],
      }),
      new Paragraph(''),
      new Table({ rows: [row('Planering eventuell workshop', 'Alla', '')] }),
      new Paragraph('Metod'),
      new Table({ rows: [row('Post', 'Belopp', 'År')] }),
    );
    const source = await readDocument('plan.docx', content);
    const result = readPlan(source);
    if (!result.ok) throw new Error(result.message);
    expect(result.plan.decided?.toString()).toBe('2022-09-23');
    expect(result.plan.activities).toMatchObject([
      { title: 'Bevaka uppdraget Mer om det.', owners: 'all', due: [], links: ['https://example.org/uppdrag'] },
      { title: 'Sammanställning', owners: ['Maja'] },
      { title: 'Planering eventuell workshop', owners: 'all', optional: true },
    ]);
    expect(result.plan.activities[1]?.due.map(dueKey)).toEqual(['2022-10-12', '2022-11-30']);
    expect(source.text.split('\n')[(result.plan.activities[1]?.line ?? 0) - 1]).toBe(
      'Sammanställning\tMaja\t12/10 30/11',
    );
  });

  it('cells merged down and across keep the columns in place', async () => {
    const merged = (text: string, verticalMerge: (typeof VerticalMergeType)[keyof typeof VerticalMergeType]) =>
      new TableCell({ verticalMerge, children: [new Paragraph(text)] });
    const content = await docx(
      new Table({
        rows: [
          row('Fas', 'Aktivitet', 'Ansvarig', 'Tidplan'),
          row(merged('Ett', VerticalMergeType.RESTART), 'A', merged('Maja', VerticalMergeType.RESTART), '12/10'),
          row(merged('', VerticalMergeType.CONTINUE), 'B', merged('', VerticalMergeType.CONTINUE), '13/10'),
          row('Två', 'C', new TableCell({ columnSpan: 2, children: [new Paragraph('Alla')] })),
        ],
      }),
    );
    expect(await plan('a.docx', content)).toMatchObject([
      { title: 'A', owners: ['Maja'], due: '2022-10-12' },
      { title: 'B', owners: ['Maja'], due: '2022-10-13' },
      { title: 'C', owners: 'all', due: '' },
    ]);
  });

  it('a table inside a layout table is found, and a table of tabs too', async () => {
    const inner = new Table({ rows: [heading, row('A', 'Alla', '12/10')] });
    const outer = new Table({
      rows: [new TableRow({ children: [new TableCell({ children: [new Paragraph('Till vänster'), inner] })] })],
    });
    expect(await titles('a.docx', await docx(outer))).toEqual(['A']);
    const tabs = ['Aktivitet\tAnsvarig\tTidplan', 'A\tAlla\t12/10'].map((text) => new Paragraph(text));
    expect(await titles('a.docx', await docx(...tabs))).toEqual(['A']);
  });

  it('is a Word file although it is called .txt, or nothing', async () => {
    const content = await docx(new Table({ rows: [heading, row('A', 'Alla', '12/10')] }));
    for (const name of ['plan.txt', '-', 'plan.xlsx', 'plan']) expect(await titles(name, content)).toEqual(['A']);
  });
});

describe('Excel', () => {
  const sheet = (rows: (string | number | Date | null)[][]) =>
    rows.map((cells) =>
      cells.map((value) =>
        value === null
          ? null
          : value instanceof Date
            ? { value, type: Date, format: 'yyyy-mm-dd' }
            : typeof value === 'number'
              ? { value, type: Number }
              : { value, type: String },
      ),
    );
  const xlsx = async (...rows: (string | number | Date | null)[][]) =>
    new Uint8Array(await writeXlsxFile(sheet(rows)).toBuffer());

  it('dates as dates, dates as text, holes and blank rows; the line is the row', async () => {
    const content = await xlsx(
      ['Tidplan för gruppen', null, null],
      [null, null, null],
      ['Aktivitet', 'Ansvarig', 'Tidplan'],
      ['Enkät', 'Alla', new Date(Date.UTC(2022, 9, 12))],
      ['Datainsamling', 'Alla', '12/10 - 7/11'],
      [null, null, null],
      ['Workshop', null, null],
    );
    expect(await plan('plan.xlsx', content)).toMatchObject([
      { title: 'Enkät', due: '2022-10-12', line: 4 },
      { title: 'Datainsamling', due: '2022-10-12/2022-11-07', line: 5 },
      { title: 'Workshop', owners: [], due: '', line: 7 },
    ]);
  });

  it('the plan may be on the second sheet', async () => {
    const book = [
      {
        data: sheet([
          ['Budget', 'Belopp'],
          ['Lokal', 100],
        ]),
        sheet: 'Budget',
      },
      {
        data: sheet([
          ['Aktivitet', 'Tidplan'],
          ['Enkät', '12/10'],
        ]),
        sheet: 'Plan',
      },
    ];
    const content = new Uint8Array(await writeXlsxFile(book).toBuffer());
    expect(await plan('plan.xlsx', content)).toMatchObject([{ title: 'Enkät', due: '2022-10-12', line: 2 }]);
  });
});

/** The smallest zip: one deflated entry a name, sizes as claimed. */
function zip(entries: { name: string; content: Uint8Array; claims?: number; flags?: number }[]): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, claims, flags } of entries) {
    const packed = deflateRawSync(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags ?? 0, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claims ?? content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), common, tail, Buffer.from(name)]),
    );
    parts.push(local);
    at += local.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...parts, ...directory, end]));
}

describe('what cannot be read', () => {
  it('50 MB of noise is refused for its size, not looked into', async () => {
    expect(await fault('plan.docx', new Uint8Array(50 * 1024 * 1024).fill(7))).toBe('too-big');
  });

  it('nothing, and nothing but white', async () => {
    expect(await fault('plan.txt', new Uint8Array())).toBe('empty');
    expect(await fault('plan.md', bytes('\ufeff \n\n'))).toBe('empty');
    expect(await fault('plan.docx', await docx(new Paragraph('')))).toBe('empty');
  });

  it('a Word file with a password', async () => {
    const container = Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(500),
      Buffer.from('EncryptedPackage', 'utf16le'),
    ]);
    expect(await fault('plan.docx', new Uint8Array(container))).toBe('encrypted');
    expect(await fault('plan.doc', new Uint8Array(container))).toBe('encrypted');
    expect(await fault('plan.xlsx', new Uint8Array(container.subarray(0, 8)))).toBe('encrypted');
    expect(await fault('plan.docx', zip([{ name: 'word/document.xml', content: bytes('<a/>'), flags: 1 }]))).toBe(
      'encrypted',
    );
  });

  it('formats nobody reads: old Word, PDF, RTF, pictures, OpenDocument', async () => {
    expect(await fault('plan.doc', new Uint8Array(Buffer.from('d0cf11e0a1b11ae1000000', 'hex')))).toBe(
      'unknown-format',
    );
    expect(await fault('plan.pdf', bytes('%PDF-1.7 …'))).toBe('unknown-format');
    expect(await fault('plan.txt', bytes('{\\rtf1 hej}'))).toBe('unknown-format');
    expect(await fault('plan.png', new Uint8Array(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')))).toBe(
      'unknown-format',
    );
    expect(await fault('plan.odt', zip([{ name: 'content.xml', content: bytes('<a/>') }]))).toBe('unknown-format');
  });

  it('a file cut short anywhere, or with a byte changed, is read or refused, never thrown otherwise', async () => {
    const whole = await docx(new Table({ rows: [heading, row('A', 'Alla', '12/10')] }));
    expect(await fault('plan.docx', whole.subarray(0, whole.length - 30))).toBe('broken');
    expect(await fault('plan.docx', bytes('not a zip at all'))).toBe('broken');
    const settled = async (content: Uint8Array) => {
      const error = await readDocument('plan.docx', content).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      if (error !== null) expect(error).toBeInstanceOf(UnreadableDocument);
    };
    const at = fc.integer({ min: 0, max: whole.length - 1 });
    await fc.assert(
      fc.asyncProperty(at, async (end) => settled(whole.subarray(0, end))),
      { numRuns: 30 },
    );
    await fc.assert(
      fc.asyncProperty(at, fc.integer({ min: 1, max: 255 }), async (place, change) =>
        settled(whole.map((byte, n) => (n === place ? byte ^ change : byte))),
      ),
      { numRuns: 60 },
    );
  });

  it('a zip that grows beyond bounds is refused before it is unpacked', async () => {
    const zeros = new Uint8Array(40 * 1024 * 1024);
    const bomb = zip([{ name: 'word/document.xml', content: zeros }]);
    expect(bomb.length).toBeLessThan(100_000);
    expect(await fault('plan.docx', bomb)).toBe('too-big');
    const liar = zip([{ name: 'word/document.xml', content: zeros, claims: 1000 }]);
    expect(await fault('plan.docx', liar)).toBe('broken');
  });

  it('a workbook whose one cell lies at the end of the world', async () => {
    const far =
      '<worksheet><sheetData><row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row></sheetData></worksheet>';
    expect(
      await fault(
        'plan.xlsx',
        zip([
          { name: 'xl/workbook.xml', content: bytes('<workbook/>') },
          { name: 'xl/worksheets/sheet1.xml', content: bytes(far) },
        ]),
      ),
    ).toBe('too-big');
  });

  it('a workbook with a cell that failed names the cell', async () => {
    const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    const parts: Record<string, string> = {
      '[Content_Types].xml': '<Types/>',
      'xl/workbook.xml': `<workbook xmlns:r="${relation}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="${relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
      'xl/worksheets/sheet1.xml':
        '<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>Aktivitet</v></c></row><row r="2"><c r="B2" t="s"><v>99</v></c></row></sheetData></worksheet>',
    };
    const content = zip(Object.entries(parts).map(([name, text]) => ({ name, content: bytes(text) })));
    await expect(readDocument('plan.xlsx', content)).rejects.toMatchObject({
      code: 'broken',
      message: expect.stringContaining('the cell in row 2, column 2'),
    });
  });

  it('a Word file of nonsense inside', async () => {
    expect(await fault('plan.docx', zip([{ name: 'word/document.xml', content: bytes('<not xml') }]))).toBe('broken');
    expect(await fault('plan.xlsx', zip([{ name: 'xl/workbook.xml', content: bytes('<not xml') }]))).toBe('broken');
  });

  it('arbitrary bytes are read as text or refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom('a.txt', 'a.md', 'a.csv', 'a.tsv', 'a.docx', 'a.xlsx', '-', 'a'),
        async (content, name) => {
          const result = await readDocument(name, content).catch((error: unknown) => error);
          if (result instanceof Error) expect(result).toBeInstanceOf(UnreadableDocument);
          else expect(result).toHaveProperty('tables');
        },
      ),
      { numRuns: 300 },
    );
  });

  it('a name is shown without its path and without control characters', async () => {
    await expect(readDocument('/home/someone/\u001b[31mplan.pdf', bytes('%PDF-'))).rejects.toThrow(
      /^\[31mplan\.pdf is in a format/,
    );
  });
});
