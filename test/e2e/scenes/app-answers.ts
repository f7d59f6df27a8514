// The answers that every scene needs, as on an ordinary day.
import type { AppStatus, BackupStatus, ClockStatus } from '../../../src-shared/contract/index.ts';
import type { FakeAnswers } from '../../fakes/fake-host.ts';
import { sampleSettings } from '../../fakes/sample-settings.ts';

/** Tuesday, 17 November 2026, 09:14:30 UTC. */
export const SCENE_NOW_MS = Date.UTC(2026, 10, 17, 9, 14, 30);

export const appStatus: AppStatus = {
  host: 'loopback',
  version: '0.1.0',
  platform: 'linux',
  dataFolder: '/home/maria/.config/Twofold',
  keys: { kind: 'ready', protection: 'keychain' },
  notices: [],
  quickCopyFault: null,
  settings: {
    theme: 'system',
    ...sampleSettings,
    timeServers: ['0.pool.ntp.org', '1.pool.ntp.org', '2.pool.ntp.org', 'time.cloudflare.com'],
    timeFallbacks: ['https://www.cloudflare.com/', 'https://www.wikipedia.org/'],
  },
};

export const clockRight: Extract<ClockStatus, { kind: 'checked' }> = {
  kind: 'checked',
  offsetMs: -3.4,
  uncertaintyMs: 12.2,
  source: 'time.cloudflare.com',
  checkedAtMs: SCENE_NOW_MS,
  verdict: 'right',
  checking: false,
  sources: [
    {
      source: '0.pool.ntp.org',
      kind: 'ntp',
      outcome: { kind: 'answered', offsetMs: 1.2, uncertaintyMs: 24.8, delayMs: 47.1 },
    },
    {
      source: '1.pool.ntp.org',
      kind: 'ntp',
      outcome: { kind: 'failed', reason: 'It did not answer within 2 seconds.' },
    },
    {
      source: '2.pool.ntp.org',
      kind: 'ntp',
      outcome: { kind: 'answered', offsetMs: -8.9, uncertaintyMs: 31.4, delayMs: 60.3 },
    },
    {
      source: 'time.cloudflare.com',
      kind: 'ntp',
      outcome: { kind: 'answered', offsetMs: -3.4, uncertaintyMs: 12.2, delayMs: 22.9 },
    },
  ],
};

export const backupsInOrder: BackupStatus = {
  plan: { folder: '/media/maria/backup-disk/Twofold', automatic: true, generations: 10 },
  suggestedFolder: '/home/maria/Documents/Twofold backups',
  last: {
    atMs: SCENE_NOW_MS,
    path: '/media/maria/backup-disk/Twofold/twofold-backup-2026-11-17-091430.json',
    accounts: 7,
  },
  lastFailure: null,
  lastTest: null,
  isBehind: false,
  isReminderDue: false,
};

export const appAnswers: FakeAnswers = {
  'app:status': appStatus,
  'app:dismissNotice': {},
  'app:saveSettings': (settings) => settings,
  'app:openBrowser': { url: 'http://127.0.0.1:41873/#launch=Qm9lX2tleV9pc19ub3RfaGVyZV9hdF9hbGw' },
  'app:active': {},
  'backup:status': backupsInOrder,
  'clock:status': clockRight,
  'clock:check': clockRight,
  'clock:history': { nowMs: SCENE_NOW_MS, checks: [], events: [], sources: [], unsaved: null },
};
