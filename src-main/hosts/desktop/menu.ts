// The application menu: what a desktop program has, so that copying, zooming and quitting work as everywhere.
import { app, Menu, type MenuItemConstructorOptions } from 'electron';

export interface MenuOptions {
  readonly platform: string;
  readonly version: string;
}

export function setMenu({ platform, version }: MenuOptions): void {
  app.setAboutPanelOptions({
    applicationName: 'Twofold',
    applicationVersion: version,
    copyright: 'MIT licence',
  });
  const onMac = platform === 'darwin';
  const template: MenuItemConstructorOptions[] = [
    ...(onMac ? [{ role: 'appMenu' } as const] : []),
    { label: 'File', submenu: [{ role: onMac ? 'close' : 'quit' }] },
    {
      label: 'Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
    ...(onMac ? [] : [{ label: 'Help', submenu: [{ role: 'about' } as const] }]),
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
