// Hands a file from main to the person: the window's own way of saving a download.

/** The address of the blob must outlive the click by the time a slow browser takes to read it. */
const KEEP_BLOB_MS = 60_000;

export function saveFile(file: { fileName: string; mediaType: string; content: Uint8Array }): void {
  const address = URL.createObjectURL(new Blob([Uint8Array.from(file.content)], { type: file.mediaType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = file.fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEEP_BLOB_MS);
}
