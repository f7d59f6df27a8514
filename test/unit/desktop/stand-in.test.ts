// The stand-in for Electron: what it lacks is an error, and its two halves understand each other.
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { isAppAddress, toApp, toChromium } from '../../electron-host/address.ts';
import { type Answers, openLink } from '../../electron-host/link.ts';
import { preloadScript } from '../../electron-host/preload-runtime.ts';
import { strict } from '../../electron-host/strict.ts';

describe('strict', () => {
  const object = strict('shell', { name: 'a', self: () => 'called' });

  it('reads and calls what is there', () => {
    expect(object.name).toBe('a');
    expect(object.self()).toBe('called');
  });

  it('throws for what is not there, read or set', () => {
    expect(() => void Reflect.get(object, 'beep')).toThrow('no shell.beep yet');
    expect(() => Reflect.set(object, 'beep', 1)).toThrow('no shell.beep yet');
  });
});

describe('addresses', () => {
  it('are the same page on both sides', () => {
    expect(toChromium('app://twofold/index.html#/clock')).toBe(
      'https://twofold.app.invalid/index.html#/clock',
    );
    expect(toApp('https://twofold.app.invalid/index.html#/clock')).toBe('app://twofold/index.html#/clock');
  });

  it.each(['https://example.com/', 'https://twofold.app.invalid.example/', 'about:blank', ''])(
    'stay truthful where they are not ours: %j',
    (address) => {
      expect(toApp(address)).toBe(address);
      expect(isAppAddress(address)).toBe(false);
    },
  );
});

describe('link', () => {
  function pair(answers: Answers) {
    const listeners: ((message: unknown) => void)[] = [];
    const endpoint = (own: number, other: number) => ({
      send: (message: unknown) => listeners[other]?.(message),
      listen: (listener: (message: unknown) => void) => {
        listeners[own] = listener;
      },
    });
    openLink(endpoint(0, 1), answers);
    return openLink(endpoint(1, 0), {});
  }

  it('carries questions, answers and failures', async () => {
    const link = pair({
      double: (body) => [body, body],
      fail: () => {
        throw new Error('for a reason');
      },
    });
    expect(await link.ask('double', 7)).toEqual([7, 7]);
    await expect(link.ask('fail')).rejects.toThrow('for a reason');
    await expect(link.ask('unheard-of')).rejects.toThrow('Nobody answers unheard-of');
  });

  it('leaves no question open when the other side has gone', async () => {
    const link = pair({ wait: () => new Promise(() => undefined) });
    const asked = link.ask('wait');
    link.end('gone');
    await expect(asked).rejects.toThrow('gone');
    await expect(link.ask('wait')).rejects.toThrow('gone');
  });
});

describe('preload in a page', () => {
  function run(source: string, isMainFrame = true): Record<string, unknown> {
    const page: Record<string, unknown> = { __electronHostInvoke: () => 'invoked' };
    page['parent'] = isMainFrame ? page : {};
    runInNewContext(preloadScript(source), { window: page, structuredClone });
    return page;
  }

  it('puts a frozen bridge on the window, and nothing of its own', () => {
    const page = run(`require('electron').contextBridge.exposeInMainWorld('bridge', { call: () => 1 })`);
    expect(Object.isFrozen(page['bridge'])).toBe(true);
    expect(Object.keys(page).sort()).toEqual(['bridge', 'parent']);
  });

  it('does nothing in an inner frame', () => {
    expect(
      run(`require('electron').contextBridge.exposeInMainWorld('bridge', {})`, false)['bridge'],
    ).toBeUndefined();
  });

  it.each([
    [`require('node:fs')`, 'cannot require node:fs'],
    [`require('electron').shell`, 'has no electron (in preload).shell yet'],
    [`require('electron').ipcRenderer.sendSync('x')`, 'has no ipcRenderer.sendSync yet'],
  ])('throws for %s', (source, message) => {
    expect(() => run(source)).toThrow(message);
  });
});
