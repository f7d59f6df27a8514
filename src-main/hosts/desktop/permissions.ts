// Applies the permission table to every page. Without it Electron approves whatever a page asks for.
import type { Session } from 'electron';
import { isPermitted } from './permission-table.ts';

export function applyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(
      isPermitted({ permission, requestingUrl: details.requestingUrl, isMainFrame: details.isMainFrame }),
    );
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) =>
    isPermitted({ permission, requestingUrl: requestingOrigin, isMainFrame: details.isMainFrame }),
  );
  session.setDevicePermissionHandler(() => false);
}
