/** What systems know the packaged app by: `appId` of electron-builder.yml. */
export const APP_ID = 'com.meshagent.meshbar';
