export function quickened(text: string): string;
