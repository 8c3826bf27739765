import { ClipboardItem, clipboard } from 'electron';

/** Puts a text without a secret on the clipboard. */
export function putOnClipboard(text: string): void {
  clipboard.writeText(text);
}

/**
 * What tells a system's clipboard history, and managers of it, to keep a secret out: nspasteboard.org on macOS,
 * Microsoft's "Clipboard Formats" (a DWORD of 0 for the second and third), KDE's hint that others on Linux took over.
 */
const SECRET_MARKS: Partial<Record<NodeJS.Platform, Readonly<Record<string, string>>>> = {
  darwin: { 'org.nspasteboard.ConcealedType': '' },
  win32: {
    ExcludeClipboardContentFromMonitorProcessing: '\0\0\0\0',
    CanIncludeInClipboardHistory: '\0\0\0\0',
    CanUploadToCloudClipboard: '\0\0\0\0',
  },
  linux: { 'x-kde-passwordManagerHint': 'secret' },
};

/** Puts a text that holds a secret on the clipboard, marked as one in the same step. */
export async function copySecret(text: string): Promise<void> {
  const marks = Object.entries(SECRET_MARKS[process.platform] ?? {}).map(([format, value]) => [
    `electron application/osclipboard;format="${format}"`,
    value,
  ]);
  await clipboard.write([new ClipboardItem({ 'text/plain': text, ...Object.fromEntries(marks) })]);
}
