/**
 * What a person can set in the app. The table of settings (src/settings), which this room can't know, adds each setting
 * here, so that the contract between main and renderer names them all without listing them.
 */
// biome-ignore lint/suspicious/noEmptyInterface: src/settings/app-settings.ts fills it
export interface Settings {}
