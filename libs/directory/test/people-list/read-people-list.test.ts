import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { listLimits, readPeopleList } from '../../src/index.ts';
import { asFile, readList, written } from './list-file.ts';

const people = (text: string, customFields = [{ id: 'shoeSize', title: 'Shoe size' }]) => {
  const { rows } = readList(text, customFields);
  return rows.flatMap((row) => ('person' in row ? [row.person] : []));
};
const problems = (text: string) =>
  readList(text).rows.flatMap((row) => ('problem' in row ? [[row.line, row.problem]] : []));
const refusal = (bytes: Uint8Array) => {
  const read = readPeopleList(bytes, []);
  return 'problem' in read ? read.problem : 'none';
};

describe('a list as spreadsheets write it', () => {
  const text = 'Email,First name,Department\nzoë@acme.example,Zoë,"Sales, ""EMEA"""\n';

  it.each([
    ['UTF-8', 'utf-8', false],
    ['UTF-8 with a mark', 'utf-8', true],
    ['UTF-16 little-endian with a mark', 'utf-16le', true],
    ['UTF-16 little-endian', 'utf-16le', false],
    ['UTF-16 big-endian with a mark', 'utf-16be', true],
    ['UTF-16 big-endian', 'utf-16be', false],
  ] as const)('is read in %s', (_name, encoding, mark) => {
    const read = readPeopleList(asFile(text, encoding, mark), []);

    expect(read).toMatchObject({
      rows: [
        { line: 2, person: { fields: { email: 'zoë@acme.example', firstName: 'Zoë', department: 'Sales, "EMEA"' } } },
      ],
    });
  });

  it.each([',', ';', '\t', '|'])('is read with %j between cells, and any end of line', (separator) => {
    for (const end of ['\n', '\r\n', '\r']) {
      const rows = [
        ['Email', 'Job title'],
        ['a@acme.example', `one${separator}"two"`],
        ['b@acme.example', ''],
      ];
      expect(people(written(rows, separator, end)).map(({ fields }) => [fields.email, fields.jobTitle])).toEqual([
        ['a@acme.example', `one${separator === '\t' ? ' ' : separator}"two"`],
        ['b@acme.example', null],
      ]);
    }
  });

  it('may tell its separator in a first line, and have empty lines', () => {
    expect(people('sep=;\nName;Email\n\n;;\nAda, Countess;ada@acme.example\n')).toMatchObject([
      { fields: { displayName: 'Ada, Countess', email: 'ada@acme.example' } },
    ]);
  });

  it('names columns as people write them, and says which it does not know', () => {
    const { columns } = readList('E-MAIL;given_name;Staff-ID;SHOE SIZE;Favourite colour\na@b.example;A;7;42;red\n', [
      { id: 'shoeSize', title: 'Shoe size' },
    ]);

    expect(columns.map(({ field }) => field)).toEqual([
      'email',
      'firstName',
      'employeeId',
      'customFields.shoeSize',
      null,
    ]);
  });

  it('is what it was written as, whatever the texts are', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ';', ',', '\n', ' ', 'é'), maxLength: 8 });
    const collapsed = (value: string) => value.replace(/\s+/g, ' ').trim() || null;
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 20 }), fc.constantFrom(',', ';'), (cells, separator) => {
        const rows = cells.map((text, index) => [`p${index}@acme.example`, text]);
        const found = people(written([['Email', 'Job title'], ...rows], separator, '\n'));
        expect(found.map(({ fields }) => fields.jobTitle)).toEqual(cells.map(collapsed));
      }),
      { numRuns: 300 },
    );
  });
});

describe('what a row says of a person', () => {
  it('is yes or no, a day and an id, in the words of several languages', () => {
    const [first, second] = people(
      'Email;Active;Start date;Employee ID\na@b.example;FALSCH;1.9.2026;0042\nb@b.example;Yes;2026-09-01T08:00:00Z;\n',
    );

    expect(first).toMatchObject({ active: false, employeeId: '0042', fields: { hireDate: '2026-09-01' } });
    expect(second).toMatchObject({ active: true, fields: { hireDate: '2026-09-01' } });
    expect(second).not.toHaveProperty('employeeId');
  });

  it('leaves alone what the list has no column for, and whether they are active where a cell says nothing', () => {
    const [ada] = people('Email;Job title;Active\nada@acme.example;;\n');

    expect(ada?.keeps).toEqual(expect.arrayContaining(['firstName', 'department', 'active', 'customFields']));
    expect(ada?.keeps).not.toContain('jobTitle');
    expect(ada?.keeps).not.toContain('email');
  });

  it('has values of the organisation’s own fields', () => {
    expect(people('Email;Shoe size\na@b.example;42\nb@b.example;\n')).toMatchObject([
      { customFields: { shoeSize: '42' } },
      { customFields: { shoeSize: null } },
    ]);
  });
});

describe('a bad row', () => {
  const around = (bad: string) => `Email;First name;Start date\na@b.example;A;\n${bad}\nz@b.example;"Z\nZ";\n`;

  it.each([
    ['a bad address', 'nobody;B;', 'Email: the value is no email address.'],
    ['a bad date', 'b@b.example;B;31/12/2026', 'Start date: the value is no date such as 2026-11-25.'],
    ['a day that is none', 'b@b.example;B;31.02.2026', 'Start date: the value is no date such as 2026-11-25.'],
    [
      'a text that is too long',
      `b@b.example;${'x'.repeat(257)};`,
      'First name: the value is longer than 256 characters.',
    ],
    [
      'a character that can’t be shown',
      'b@b.example;B\u0007;',
      'First name: the value has characters that can’t be shown.',
    ],
    ['too many cells', 'b@b.example;B;;x', 'There are more cells than columns.'],
    ['nobody', ';B;', 'A learner needs an email address or an employee id.'],
    ['somebody once more', 'A@B.example;B;', 'This is the person of line 2 once more.'],
    [
      'a quote that is never closed',
      'b@b.example;"B;',
      'A cell begins with a quote that isn’t closed. A quote that belongs to the text is written twice.',
    ],
    [
      'something after a quote',
      'b@b.example;"B"ea;',
      'A cell begins with a quote that isn’t closed. A quote that belongs to the text is written twice.',
    ],
  ])('with %s is told by its line, and stops no other', (_what, bad, problem) => {
    expect(problems(around(bad))).toEqual([[3, problem]]);
    expect(people(around(bad)).map(({ fields }) => fields.firstName)).toEqual(['A', 'Z Z']);
  });

  it('tells all that is wrong with it', () => {
    expect(problems('Email;Active;Start date\nx;perhaps;soon\n')).toEqual([
      [
        2,
        'Email: the value is no email address. Active: the value is neither yes nor no. Start date: the value is no date such as 2026-11-25.',
      ],
    ]);
  });

  it('is one row, wherever it is, whatever it has in it', () => {
    const junk = fc.string({ unit: fc.constantFrom('"', ';', 'x', '@', '\u0000', ' '), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), junk, (at, bad) => {
        const good = Array.from({ length: 20 }, (_, index) => `p${index}@acme.example;P${index}`);
        const lines = ['Email;First name', ...good.slice(0, at), bad, ...good.slice(at)];
        const { rows } = readList(lines.join('\n'));
        const read = rows.filter((row) => 'person' in row && /^P\d+$/.test(row.person.fields.firstName ?? ''));
        expect(read).toHaveLength(20);
      }),
      { numRuns: 300 },
    );
  });

  it('costs little, even where every row has a quote that is never closed', () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `p${index}@acme.example;"${'x'.repeat(200)}`);
    const start = performance.now();

    expect(readList(['Email;First name', ...lines].join('\n')).rows).toHaveLength(20_000);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe('a file that is no list', () => {
  it.each([
    ['empty', Buffer.from(''), /first row has to name the columns/],
    [
      'in another encoding',
      Buffer.from('Email;Name\nzo\xeb@acme.example;Zo\xeb\n', 'latin1'),
      /neither UTF-8 nor UTF-16/,
    ],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0xff]), /neither UTF-8 nor UTF-16/],
    ['without names of columns', Buffer.from('ada@acme.example;Ada\n'), /first row has to name the columns/],
    ['without a column that says who', Buffer.from('First name;Team\nAda;Engines\n'), /first row has to name/],
    [
      'with two columns for one thing',
      Buffer.from('Email;E-mail\na@b.example;b@b.example\n'),
      /Two columns say the same/,
    ],
    ['with names of columns alone', Buffer.from('Email;Name\n\n'), /no row but/],
    ['too large', Buffer.alloc(listLimits.bytes + 1, 0x61), /larger than 10 MB/],
    ['too long', Buffer.from(`Email\n${'a@b.example\n'.repeat(listLimits.rows + 1)}`), /more than 50,000 rows/],
  ])('is refused as a whole: %s', (_what, bytes, sentence) => {
    expect(refusal(bytes)).toMatch(sentence);
  });
});
