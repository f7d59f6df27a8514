// Why the camera or the screen cannot be had, in sentences that say what to do.

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');

const otherWays = 'Read a picture of the code instead, or type the secret in.';

/** For what `getUserMedia` threw. */
export function cameraFault(error: unknown): string {
  switch (nameOf(error)) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'Twofold may not use the camera. Allow it in the settings of the system or of this browser, then try again.';
    case 'NotFoundError':
    case 'OverconstrainedError':
    case 'DevicesNotFoundError':
      return `No camera was found on this computer. ${otherWays}`;
    case 'NotReadableError':
    case 'AbortError':
      return 'The camera cannot be opened. Another program may be using it: close that, then try again.';
    default:
      return `The camera cannot be used here. ${otherWays}`;
  }
}

/** For what `getDisplayMedia` threw. */
export function screenFault(error: unknown): string {
  switch (nameOf(error)) {
    case 'NotAllowedError':
    case 'AbortError':
      return 'No picture was taken: nothing was chosen, or the system does not let Twofold look at the screen. Try again, or allow it in the settings of the system.';
    case 'NotFoundError':
    case 'NotReadableError':
      return `The system gives no picture of the screen. Take a screenshot and read that as a picture.`;
    default:
      return 'The screen cannot be read here. Take a screenshot and read that as a picture.';
  }
}
