/** Written out by `hongqiao-rules export javascript` beside the module. Amounts are yuan a month, as text with two places. */

export type Language = "zh" | "en";
/** A date as YYYY-MM-DD. */
export type Day = string;

export interface Options {
  /** Choices for readings, by name; every other takes its default. */
  readings?: Record<string, string>;
  /** Named amendments to apply. */
  overlays?: readonly string[];
  /** The language of the notices' messages; "zh" where it is not said. */
  lang?: Language;
  /** Whether the trace and the citations are written; true where it is not said. */
  trace?: boolean;
}

export interface Income { kind: string; monthly: string | number }
export interface Disability { kind: string; grade: 1 | 2 | 3 | 4 }
/** A member as it is stated; the vocabulary says what each field takes. */
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
export interface Entry { rule: string; member: string | null }
export interface Notice { code: string; message: string; rule: string | null }
export interface Cite {
  source: string; title: string; place: string; words: string | null;
  copy_quality: "official" | "repost" | "copy" | "degraded";
}
export interface Parameter {
  parameter: string; value: unknown; from: Day; basis: string; start_basis: string; confidence: string; cites: readonly Cite[];
}
/** A rule behind a figure. Citations are shared between assessments and frozen. */
export interface Citation {
  rule: string; title: { zh: string; en: string }; basis: string; confidence: string;
  cites: readonly Cite[]; parameters: readonly Parameter[];
}
export interface TraceEntry {
  rule: string; member: string | null; applied: boolean; value: unknown; failed: string | null;
  /** Lists in it may be shared with other entries of the same trace. */
  looked_at: Readonly<Record<string, unknown>>;
}

/** The assessment, in the fields of the JSON that the library writes. */
export interface Assessment {
  [shown: string]: never;
  complete: boolean; readings: Readonly<Record<string, string>>; overlays: readonly string[]; notices: Notice[]; assumed: string[];
  policy_version: string;
  /** The library's digest of rules, readings, date and facts. It is worked out when it is first read or written as JSON; an accessor, so not among the own properties. */
  readonly receipt: string;
  citations?: Citation[];
  trace?: TraceEntry[];
}

/** One thing that is wrong: a stable code, a JSON pointer, an English sentence; `say` gives it in either language. */
export interface Fault { code: string; path: string; message: string; say(lang: Language): string }
export class HouseholdError extends Error { readonly faults: readonly Fault[] }
export class RequestError extends Error { readonly code: string; say(lang: Language): string }

/**
 * Assesses a household as of a date.
 * @throws HouseholdError with everything that is wrong with the household.
 * @throws RequestError where the date, a reading or an overlay is not modelled.
 */
export function assess(household: Household, on: Day, options?: Options): Assessment;
/** Everything that is wrong with a household, in the order of the document; an empty list where it is right. */
export function check(household: unknown, on: Day): Fault[];
/** Titles in both languages, codes, readings, overlays and dates of change: what a page needs to make a form. */
export const about: Readonly<Record<string, any>>;
