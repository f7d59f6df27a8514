// Why something cannot be done in the world as it is: the device is lost, nothing is on screen to scan, and so on.

export class NotPossible extends Error {
  override readonly name = 'NotPossible';
}
