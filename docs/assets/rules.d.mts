/** Written by `hongqiao-rules export javascript` with the module. Amounts are yuan a month, as text with two decimal places. */

export type Language = "zh" | "en";
/** A date as YYYY-MM-DD. */
export type Day = string;

export interface Options {
  /** Choices for readings, by name; every other reading has its default. */
  readings?: Record<string, string>;
  /** Named amendments to apply. */
  overlays?: readonly string[];
  /** The language of the messages of notices; "zh" by default. */
  lang?: Language;
  /** False to omit the trace and the citations; true by default. */
  trace?: boolean;
}

export interface Income { kind: string; monthly: string | number }
export interface Disability { kind: string; grade: 1 | 2 | 3 | 4 }
/** A member as it is stated; the vocabulary defines the valid values of each field. */
export interface Member {
  id: string;
  relationship: string;
  birth_date: Day;
  parent?: string;
  illnesses?: readonly string[];
  disabilities?: readonly Disability[];
  incomes?: readonly Income[];
  [field: string]: unknown;
}
export interface Household { id: string; members: readonly Member[]; [field: string]: unknown }

export interface Line { rule: string; member: string | null; amount: string }
export interface Count { rule: string; member: string | null; amount: number }
export interface Entry { rule: string; member: string | null }
export interface Notice { code: string; message: string; rule: string | null }
export interface Cite {
  source: string; title: string; place: string; words: string | null;
  copy_quality: "official" | "repost" | "copy" | "degraded";
}
export interface Parameter {
  parameter: string; value: unknown; from: Day; basis: string; start_basis: string; confidence: string; cites: readonly Cite[];
}
/** A rule that gave a figure or a list entry. Citations are frozen and shared between assessments. */
export interface Citation {
  rule: string; title: { zh: string; en: string }; basis: string; confidence: string;
  cites: readonly Cite[]; parameters: readonly Parameter[];
}
export interface TraceEntry {
  rule: string; member: string | null; applied: boolean; value: unknown; failed: string | null;
  /** Lists in it may be shared with other entries of the same trace. */
  looked_at: Readonly<Record<string, unknown>>;
}

/** The assessment, with the fields of the JSON form of the Python library. */
export interface Assessment {
  household: string;
  on: Day;
  programme: "dibao" | "low_income" | "none";
  counted_members: number;
  standard: string;
  income: string;
  deductions: Line[];
  countable_income: string;
  per_capita_income: string;
  benefits: Line[];
  monthly_total: string;
  registers: Entry[];
  services: Entry[];
  referrals: Entry[];
  complete: boolean; readings: Readonly<Record<string, string>>; overlays: readonly string[]; notices: Notice[]; assumed: string[];
  policy_version: string;
  /** The digest of rules, readings, date and facts, equal to that of the Python library. An accessor, computed when it is first read or written as JSON. */
  readonly receipt: string;
  citations?: Citation[];
  trace?: TraceEntry[];
}

/** A fault: a stable code, a JSON pointer, an English message; `say` returns the message in a language. */
export interface Fault { code: string; path: string; message: string; say(lang: Language): string }
export class HouseholdError extends Error { readonly faults: readonly Fault[] }
export class RequestError extends Error { readonly code: string; say(lang: Language): string }

/**
 * Assesses a household on a date.
 * @throws HouseholdError with all faults of the household.
 * @throws RequestError if the date, a reading, an overlay or the language is invalid.
 */
export function assess(household: Household, on: Day, options?: Options): Assessment;
/** The faults of a household in document order; an empty list if it is valid. */
export function check(household: unknown, on: Day): Fault[];
/** Titles in both languages, codes, readings, overlays and dates of change: the data of a form. */
export const about: Readonly<Record<string, any>>;
