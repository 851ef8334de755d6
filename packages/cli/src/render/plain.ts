/** Text from outside on one line and without control characters: it can neither steer a terminal nor start a line of its own. */
export const plain = (text: string): string => text.replace(/[\r\n\t]+/g, ' ').replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '\uFFFD');

/** As `plain`, for text of several lines that are our own. */
export const plainLines = (text: string): string => text.split('\n').map(plain).join('\n');

/** `1 entry`, `33 entries` */
export const entryCount = (size: number): string => (size === 1 ? '1 entry' : `${size} entries`);
