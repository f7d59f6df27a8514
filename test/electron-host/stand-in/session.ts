// Stands for Electron's `session`: the app's handlers decide what its pages get.
import { AskedPermissions, CaptureQuestion } from '../messages.ts';
import { strict } from '../strict.ts';
import { contentsById, focusedId, frameOf } from './browser-window.ts';
import { answerParent } from './parent.ts';

interface Details {
  readonly isMainFrame: boolean;
  readonly requestingUrl: string;
  readonly mediaType?: string;
  readonly mediaTypes?: readonly string[];
}
type CheckHandler = (contents: object, permission: string, origin: string, details: Details) => boolean;
type RequestHandler = (
  contents: object,
  permission: string,
  answer: (granted: boolean) => void,
  details: Details,
) => void;
type CaptureHandler = (
  request: {
    frame: object | null;
    securityOrigin: string;
    videoRequested: boolean;
    audioRequested: boolean;
    userGesture: boolean;
  },
  answer: (streams: { video?: { id: string } } | null) => void,
) => void;

// Electron approves everything that no handler refuses.
let check: CheckHandler = () => true;
let request: RequestHandler = (_contents, _permission, answer) => answer(true);
/** Without a handler nobody gets a picture of the screen. */
let capture: CaptureHandler = (_request, answer) => answer(null);

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
    setDisplayMediaRequestHandler(handler: CaptureHandler): void {
      capture = handler;
    },
  }),
};

async function isGranted(permission: string, url: string, media: readonly string[]): Promise<boolean> {
  const contents = contentsById(focusedId());
  const details = { isMainFrame: true, requestingUrl: url };
  const requested = await new Promise<boolean>((resolve) =>
    request(contents, permission, resolve, media.length === 0 ? details : { ...details, mediaTypes: media }),
  );
  const kinds = media.length === 0 ? [{}] : media.map((mediaType) => ({ mediaType }));
  return (
    requested &&
    kinds.every((kind) => check(contents, permission, new URL(url).href, { ...details, ...kind }))
  );
}

answerParent({
  /** Which of these the page may use now. */
  async permissions(body) {
    const { asked, url } = AskedPermissions.parse(body);
    const granted: boolean[] = [];
    for (const { permission, media } of asked) granted.push(await isGranted(permission, url, media));
    return granted;
  },
  /** The page calls getDisplayMedia. Answers the id of what it gets to see, or null. */
  'desktop:capture': (body) => {
    const { url, isMainFrame, userGesture, audioRequested } = CaptureQuestion.parse(body);
    const frame = frameOf(focusedId(), url, isMainFrame);
    return new Promise((resolve) =>
      capture(
        { frame, securityOrigin: new URL(url).origin, videoRequested: true, audioRequested, userGesture },
        (streams) => resolve(streams?.video?.id ?? null),
      ),
    );
  },
});
