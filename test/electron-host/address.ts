// The address of a page as the app knows it (app://twofold/…) and as Chromium loads it (https://twofold.app.invalid/…).

const CHROMIUM_ORIGIN = 'https://twofold.app.invalid';
const APP_ORIGIN = 'app://twofold';

const swap = (address: string, from: string, to: string): string =>
  address === from || address.startsWith(`${from}/`) ? to + address.slice(from.length) : address;

export const toChromium = (address: string): string => swap(address, APP_ORIGIN, CHROMIUM_ORIGIN);
/** Truthful: an address that is not ours stays as it is. */
export const toApp = (address: string): string => swap(address, CHROMIUM_ORIGIN, APP_ORIGIN);
export const isAppAddress = (address: string): boolean => toApp(address) !== address;
export { CHROMIUM_ORIGIN };
