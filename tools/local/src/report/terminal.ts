import type { RunDocument } from '@learnamp/learners';

/** Writes for a person: lines, and a progress line that is rewritten in place where the output is a terminal. */
export interface Terminal {
  readonly line: (text: string) => void;
  readonly progress: (run: RunDocument) => void;
}

const BAR = 24;

export function createTerminal(out: NodeJS.WriteStream): Terminal {
  let shown = '';
  const clear = () => {
    if (out.isTTY && shown) out.write('\r\u001b[K');
  };
  return {
    line: (text) => {
      clear();
      out.write(`${text}\n`);
      shown = '';
    },
    progress: (run) => {
      const text = progressText(run, out.isTTY);
      if (text === shown) return;
      clear();
      out.write(out.isTTY ? text : `${text}\n`);
      shown = text;
    },
  };
}

function progressText({ progress: { step, done, total }, finishedAt, photos }: RunDocument, bar: boolean): string {
  if (finishedAt) return photos ? '  photos done' : '  reading photos';
  if (total === 0) return `  ${step}`;
  const filled = Math.round((BAR * done) / total);
  const drawn = bar ? ` ${'█'.repeat(filled)}${'░'.repeat(BAR - filled)}` : '';
  return `  ${step}${drawn} ${done} of ${total}`;
}
