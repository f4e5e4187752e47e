// Shapes that the modules of the pages share.

/** A text in both languages of the pages. */
export type Bilingual = { ko: string; en: string };

/** A remark: a code of the catalogue, and the values that its texts name. */
export type Remark = { code: string; values: { [name: string]: any } };

/** A text of the catalogue, cut at its blanks: a blank is a value's name, how it is said, and the limit it is held to. */
export type Parts = (string | [string, string, string])[];

/** A text as the data of a page carry it: a name, in both languages, or remarks. */
export type Text = string | Bilingual | Remark | Text[] | null | undefined;

/** A candidate's utilities by criterion, 0 to 1; null where the value is unknown. */
export type Utilities = (number | null)[];

/** What scoring says of a candidate; no score where nothing is known, no rank where it may not win. */
export type Result = { score: number | null; low: number; high: number; rank: number | null };

/** Constants of the ranking, sent by Python (maps/robust.py: RANKING). */
export type Ranking = {
  tie: number;
  indifference: number;
  strict: number;
  compromise: number;
  levels: number;
  concentration: number;
  knownEnough: number;
  shownRanks: number;
};

/** The data of a page (maps/*.py): what its page needs beside the parts that all pages have. */
export type Config = { ranking: Ranking; formula: string[]; months: number; [key: string]: any };

/** The parts of the address after its #. */
export type State = { [key: string]: string | number | null | undefined };
