// Whom to ask for the time where the user has not said otherwise.

/** NTP servers, as `host` or `host:port`. Several operators, so that one that is wrong is outvoted. */
export const DEFAULT_TIME_SERVERS: readonly string[] = [
  '0.pool.ntp.org',
  '1.pool.ntp.org',
  '2.pool.ntp.org',
  'time.cloudflare.com',
];

/** HTTPS addresses whose Date header is asked where no NTP server answers, for instance behind a strict firewall. */
export const DEFAULT_TIME_FALLBACKS: readonly string[] = [
  'https://www.cloudflare.com/',
  'https://www.wikipedia.org/',
];
