// Light or dark: as chosen in the settings, or as the system has it; in a frame as the room around it has it.
import { useEffect } from 'react';
import type { Theme } from '../../src-shared/contract/index.ts';

const systemIsDark = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)');

let ordered: Exclude<Theme, 'system'> | null = null;

/** From then on the page is that way, whatever the settings say. */
export function orderTheme(theme: Exclude<Theme, 'system'>): void {
  ordered = theme;
  applyTheme(theme);
}

/** Marks the page; the tokens follow. */
export function applyTheme(theme: Theme): void {
  const wanted = ordered ?? theme;
  const isDark = wanted === 'system' ? systemIsDark().matches : wanted === 'dark';
  document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
}

/** What the page is marked as now. */
export const presentTheme = (): Exclude<Theme, 'system'> =>
  document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light';

/** Hears when it is marked otherwise. Returns the function that ends that. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

/** Keeps the page in the theme, also when the system changes its own. */
export function useTheme(theme: Theme): void {
  useEffect(() => {
    const apply = (): void => applyTheme(theme);
    apply();
    const query = systemIsDark();
    query.addEventListener('change', apply);
    return () => query.removeEventListener('change', apply);
  }, [theme]);
}
