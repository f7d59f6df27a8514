// Stands for Electron's `session`: the app's permission handlers decide what its pages get.
import { PermissionQuestion } from '../messages.ts';
import { strict } from '../strict.ts';
import { answerParent } from './parent.ts';

type CheckHandler = (
  contents: null,
  permission: string,
  requestingOrigin: string,
  details: { isMainFrame: boolean; requestingUrl: string },
) => boolean;
type RequestHandler = (
  contents: null,
  permission: string,
  answer: (granted: boolean) => void,
  details: { isMainFrame: boolean; requestingUrl: string },
) => void;

// Electron approves everything that no handler refuses.
let check: CheckHandler = () => true;
let request: RequestHandler = (_contents, _permission, answer) => answer(true);

export const standInSession = {
  defaultSession: strict('session', {
    setPermissionCheckHandler(handler: CheckHandler): void {
      check = handler;
    },
    setPermissionRequestHandler(handler: RequestHandler): void {
      request = handler;
    },
    setDevicePermissionHandler(): void {
      // Chromium without a window has no such devices.
    },
  }),
};

answerParent({
  async permission(body) {
    const { permission, url } = PermissionQuestion.parse(body);
    const details = { isMainFrame: true, requestingUrl: url };
    const requested = await new Promise<boolean>((resolve) => request(null, permission, resolve, details));
    return requested && check(null, permission, new URL(url).href, details);
  },
});
