/**
 * The AppImage that `program` runs from; undefined: from none. APPIMAGE alone says nothing: what is started in a
 * terminal that is an AppImage inherits the terminal's, and what is done to that file would be done to the terminal.
 * APPDIR is where an AppImage is mounted. https://docs.appimage.org/packaging-guide/environment-variables.html
 */
export function ownAppImage(
  env: { readonly APPIMAGE?: string | undefined; readonly APPDIR?: string | undefined },
  program: string,
): string | undefined {
  return env.APPIMAGE && env.APPDIR && program.startsWith(`${env.APPDIR}/`) ? env.APPIMAGE : undefined;
}
