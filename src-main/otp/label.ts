// Issuer and account name as plain text: whatever a link or a person gives, made safe to show in one line.

export const MAX_LABEL_CHARACTERS = 200;

/** Controls, line breaks, and the marks that turn the direction of the text around them. */
const unshowable = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** One line, well-formed, without invisible controls. Markup stays what it is: plain characters. */
export const oneLine = (text: string): string => text.toWellFormed().replaceAll(unshowable, ' ');

/** The same, trimmed. */
export const cleanLabel = (text: string): string => oneLine(text).trim();
