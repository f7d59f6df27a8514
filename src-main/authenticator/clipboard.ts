// The Clipboard port of a host that can reach the user's clipboard.

export interface Clipboard {
  write(text: string): Promise<void>;
  /** Empties the clipboard if it still holds exactly this text. */
  clearIfHolds(text: string): Promise<void>;
}
