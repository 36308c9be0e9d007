import type { Answer, Browser } from '@learnamp/testkit';

/** A browser that notes answers that should never be given. */
export interface WatchedBrowser extends Browser {
  readonly complaints: readonly string[];
}

/** Words that modules put into what a provider says. */
const HOSTILE = 'hostile-words';

export function watched(browser: Browser): WatchedBrowser {
  const complaints: string[] = [];
  const note = async (asked: Promise<Answer>): Promise<Answer> => {
    const answer = await asked;
    if (answer.status === 500) complaints.push(`an answer of 500: ${answer.body.slice(0, 200)}`);
    if (answer.body.includes(HOSTILE)) complaints.push('an answer repeats what the provider said');
    return answer;
  };
  return {
    complaints,
    head: (...request) => note(browser.head(...request)),
    get: (...request) => note(browser.get(...request)),
    post: (...request) => note(browser.post(...request)),
    postJson: (...request) => note(browser.postJson(...request)),
    postFile: (...request) => note(browser.postFile(...request)),
    send: (...request) => note(browser.send(...request)),
    cookies: (host) => browser.cookies(host),
  };
}
