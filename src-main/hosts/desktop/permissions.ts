// Applies the permission table to every page. Without it Electron approves whatever a page asks for.
import type { Session, WebContents } from 'electron';
import { isPermitted } from './permission-table.ts';

/** `isScanning` says whether the page has its scan screen open. */
export function applyPermissions(session: Session, isScanning: (contents: WebContents) => boolean): void {
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    answer(
      isPermitted({
        permission,
        requestingUrl: details.requestingUrl,
        isMainFrame: details.isMainFrame,
        media: 'mediaTypes' in details ? (details.mediaTypes ?? []) : [],
        isScanning: isScanning(contents),
      }),
    );
  });
  session.setPermissionCheckHandler((contents, permission, requestingOrigin, details) =>
    isPermitted({
      permission,
      requestingUrl: requestingOrigin,
      isMainFrame: details.isMainFrame,
      media: details.mediaType === undefined ? [] : [details.mediaType],
      isScanning: contents !== null && isScanning(contents),
    }),
  );
  session.setDevicePermissionHandler(() => false);
}
