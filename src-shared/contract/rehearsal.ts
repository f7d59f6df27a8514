// Contract: the rehearsal — a sealed world with its own clock, browsers and devices, and the scenarios played in it.
import { z } from 'zod';
import { SavedFile } from './administration/users.ts';
import { Role } from './console.ts';
import { method, Nothing, text, TimeMs } from './define.ts';
import { Action } from './rehearsal/action.ts';
import { PlainName, ScenarioName, Title } from './rehearsal/names.ts';
import { BrowserScreen } from './rehearsal/expectation.ts';

export const MAX_SCENARIO_CHARACTERS = 1_000_000;

export const ScenarioSummary = z.strictObject({
  name: ScenarioName,
  title: z.string(),
  cases: z.array(z.string()),
  story: z.string(),
  steps: z.number().int(),
  /** Made or imported by the user; others come with Twofold. */
  isOwn: z.boolean(),
});
export type ScenarioSummary = z.infer<typeof ScenarioSummary>;

/** One thing that was expected, and what was seen. */
export const ExpectationCheck = z.strictObject({
  isMet: z.boolean(),
  expected: z.string(),
  seen: z.string(),
});
export type ExpectationCheck = z.infer<typeof ExpectationCheck>;

/** A step of the scenario as the room lists it. */
export const PlannedStep = z.strictObject({
  /** What happens, as a sentence. */
  sentence: z.string(),
  /** What is expected, as phrases. */
  expected: z.array(z.string()),
  state: z.enum(['to-come', 'as-expected', 'differs']),
  /** Once played. */
  checks: z.array(ExpectationCheck),
});
export type PlannedStep = z.infer<typeof PlannedStep>;

/** A line of the transcript. */
export const TranscriptLine = z.strictObject({
  id: z.number().int(),
  /** By the verifier's clock. */
  atMs: TimeMs,
  /** Browser or device; null for what happens to the world, for instance a change of the clock. */
  actor: z.string().nullable(),
  text: z.string(),
  /** The step of the scenario that it belongs to, from 0; null: done by hand. */
  step: z.number().int().nullable(),
});
export type TranscriptLine = z.infer<typeof TranscriptLine>;

export const RehearsedBrowser = z.strictObject({
  name: PlainName,
  screen: BrowserScreen,
  /** Who is signed in or signing in there, by user name. */
  userName: z.string().nullable(),
  /** For whom the browser is trusted, and until when. */
  trusted: z.array(z.strictObject({ userName: z.string(), untilMs: TimeMs })),
  /** A QR code is on its screen. */
  showsQrCode: z.boolean(),
});
export type RehearsedBrowser = z.infer<typeof RehearsedBrowser>;

export const RehearsedDevice = z.strictObject({
  name: PlainName,
  /** When it was lost; null: it is at hand. */
  lostAtMs: TimeMs.nullable(),
  aheadMs: z.number().int(),
  isLocked: z.boolean(),
  accounts: z.number().int(),
});
export type RehearsedDevice = z.infer<typeof RehearsedDevice>;

export const RehearsedPerson = z.strictObject({
  userName: z.string(),
  displayName: z.string(),
  role: Role,
  isServiceAccount: z.boolean(),
  /** Of this world alone, for typing by hand. */
  password: z.string(),
});
export type RehearsedPerson = z.infer<typeof RehearsedPerson>;

/** A paper: a kept secret, recovery codes, or break-glass codes. */
export const RehearsedSheet = z.strictObject({
  name: PlainName,
  kind: z.enum(['secret', 'recovery-codes', 'break-glass-codes']),
  /** Whose it is, by user name; break-glass codes are the organization's. */
  userName: z.string().nullable(),
  /** How it reads, line by line. */
  lines: z.array(z.string()),
});
export type RehearsedSheet = z.infer<typeof RehearsedSheet>;

export const RehearsedWorld = z.strictObject({
  /** Rises with each world, so that pages of an earlier one are not mistaken for this one's. */
  id: z.number().int(),
  organization: z.string(),
  zone: z.string(),
  /** The verifier's clock at the moment of the answer; while it runs it goes on from here. */
  nowMs: TimeMs,
  isRunning: z.boolean(),
  /** How far the verifier's clock is ahead of the right time. */
  verifierAheadMs: z.number().int(),
  /** Of the factors that the policy makes, for the ring beside the clock. */
  periodS: z.number().int(),
  /** Of each device; the same for all. */
  passphrase: z.string(),
  people: z.array(RehearsedPerson),
  browsers: z.array(RehearsedBrowser),
  devices: z.array(RehearsedDevice),
  sheets: z.array(RehearsedSheet),
  transcript: z.array(TranscriptLine),
  scenario: z.strictObject({ ...ScenarioSummary.shape, plan: z.array(PlannedStep) }),
  /** The step that comes next, from 0; the number of steps when all were played. */
  next: z.number().int(),
});
export type RehearsedWorld = z.infer<typeof RehearsedWorld>;

/** Null: no world is open. */
const Room = z.strictObject({ world: RehearsedWorld.nullable() });

/** What an own action led to: refused with the sentence for the person, or not. */
const Acted = z.strictObject({ ...Room.shape, refusal: z.string().nullable() });

export const ReportFormat = z.enum(['markdown', 'html', 'junit']);
export type ReportFormat = z.infer<typeof ReportFormat>;

export const rehearsal = {
  'rehearsal:scenarios': method(
    'local',
    Nothing,
    z.strictObject({
      scenarios: z.array(ScenarioSummary),
      /** Own files that cannot be read, with why. */
      damaged: z.array(z.strictObject({ file: z.string(), reason: z.string() })),
    }),
  ),
  'rehearsal:world': method('local', Nothing, Room),
  /** Opens a new world for that scenario, paused before its first step; the world before is gone. Throws `not-found`. */
  'rehearsal:open': method('local', z.strictObject({ scenario: ScenarioName }), Room),
  /** Ends the world and frees its memory. */
  'rehearsal:close': method('local', Nothing, Room),
  /** Plays the next step. Throws `conflict` when there is none. */
  'rehearsal:step': method('local', Nothing, Room),
  /** Plays all steps that are left. */
  'rehearsal:finish': method('local', Nothing, Room),
  /** Something that is in no scenario. Throws `conflict` where there is no world. */
  'rehearsal:act': method('local', z.strictObject({ action: Action }), Acted),
  'rehearsal:run': method('local', z.strictObject({ isRunning: z.boolean() }), Room),
  /**
   * A call of a page inside a simulated browser or device, answered with its own envelope. The methods of the contract
   * that belong there are handled by that world's own services.
   */
  'rehearsal:call': method(
    'local',
    z.strictObject({
      worldId: z.number().int(),
      actor: PlainName,
      method: text(60),
      input: z.unknown(),
    }),
    z.strictObject({ envelope: z.unknown() }),
  ),
  /** What was played so far. Throws `conflict` before the first step. */
  'rehearsal:report': method('local', z.strictObject({ format: ReportFormat }), SavedFile),
  /** What was done so far, by the scenario and by hand, as a scenario of one's own that expects what was seen. */
  'rehearsal:saveOwn': method('local', z.strictObject({ title: Title }), ScenarioSummary),
  /** A scenario as a file. */
  'rehearsal:exportScenario': method('local', z.strictObject({ scenario: ScenarioName }), SavedFile),
  /** Throws `invalid-input` for what is no scenario (details.reason), `already-exists`. */
  'rehearsal:importScenario': method(
    'local',
    z.strictObject({ content: text(MAX_SCENARIO_CHARACTERS) }),
    ScenarioSummary,
  ),
  /** Throws `not-found`; those that come with Twofold stay. */
  'rehearsal:deleteScenario': method('local', z.strictObject({ scenario: ScenarioName }), Nothing),
} as const;

export const rehearsalEvents = {
  /** Something in the world, or the world itself, is another. */
  'rehearsal:changed': Nothing,
  /** An event of the world's own services, for the pages inside it; `actor` null: for all of its browsers. */
  'rehearsal:event': z.strictObject({
    worldId: z.number().int(),
    actor: PlainName.nullable(),
    event: text(60),
    payload: z.unknown(),
  }),
} as const;

export * from './rehearsal/action.ts';
export * from './rehearsal/expectation.ts';
export * from './rehearsal/names.ts';
export * from './rehearsal/scenario.ts';
