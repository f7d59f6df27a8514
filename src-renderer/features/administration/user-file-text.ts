// The text of a file of users, in the encodings in which spreadsheet programs save it.

/** UTF-8, UTF-16 with a byte order mark, or else the code page of old Western programs, in which every byte is a letter. */
export function userFileText(content: Uint8Array): string {
  if (content[0] === 0xff && content[1] === 0xfe) return new TextDecoder('utf-16le').decode(content);
  if (content[0] === 0xfe && content[1] === 0xff) return new TextDecoder('utf-16be').decode(content);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return new TextDecoder('windows-1252').decode(content);
  }
}
