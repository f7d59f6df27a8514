// Light or dark: as chosen in the settings, or as the system has it.
import { useEffect } from 'react';
import type { Theme } from '../../src-shared/contract/index.ts';

const systemIsDark = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)');

/** Marks the page; the tokens follow. */
export function applyTheme(theme: Theme): void {
  const isDark = theme === 'system' ? systemIsDark().matches : theme === 'dark';
  document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
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
