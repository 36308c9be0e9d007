/** How a campaign is run this time. */
export interface CampaignRun {
  /** 1 is the full size; 0.02 measures two in a hundred of everything that is counted. */
  readonly scale: number;
  readonly seed: number;
  /** How long whatever lasts is to last; undefined for as long as its size says. */
  readonly minutes: number | undefined;
  /** How many of something that the full size has `full` of: at least one. */
  part(full: number): number;
  /** Says on stderr what is going on; the next call replaces the line. */
  progress(text: string): void;
}

/** What came out for a row. */
export interface Measurement {
  /** One line for the table. */
  readonly measured: string;
  readonly ok: boolean;
  /** What to print below the table: for a row that falls short, whatever helps to find out why. */
  readonly notes?: readonly string[];
}

/** One claim, and how it is put to the test. */
export interface CampaignRow {
  /** Such as `E1`; what `--only` names. */
  readonly id: string;
  readonly claim: string;
  /** What has to come out, as text: `0 of 10,000 differ`. */
  readonly target: string;
  measure(run: CampaignRun): Promise<Measurement>;
}

/** Rows that are measured together. Made anew for each run, so that rows may share what one of them has set up. */
export interface Campaign {
  /** What the rows are about, in a line of `--help`. */
  readonly about: string;
  /** Packages whose versions are written down beside the results. */
  readonly packages: readonly string[];
  /** In the order in which they are measured. */
  readonly rows: readonly CampaignRow[];
  /** Called after the last row, whatever happened. */
  close?(): Promise<void>;
}

/** Campaigns by the names that the command line knows them by. */
export type Campaigns = Readonly<Record<string, () => Campaign>>;
