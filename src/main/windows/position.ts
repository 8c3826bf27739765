/** Where windows go on a desktop. Pure; in device-independent pixels, as Electron's screen tells them. */

export interface Size {
  readonly width: number;
  readonly height: number;
}
export interface Point {
  readonly x: number;
  readonly y: number;
}
export type Bounds = Point & Size;

export interface Area {
  readonly bounds: Bounds;
  /** Without menu bar, taskbar, panels and dock. */
  readonly workArea: Bounds;
}

/** Between the popover and what it hangs on, and between it and the edge of the work area. */
const GAP = 4;

/**
 * Beside the icon, on the side where there is room: under a menu bar, over a taskbar. Without an anchor, in the upper
 * right corner. Never outside the work area, which also pushes it off a taskbar at the left or right.
 */
export function popoverPosition(size: Size, area: Area, anchor: Bounds | undefined): Point {
  const { bounds, workArea } = area;
  if (!anchor) return clampTo(workArea, size, { x: workArea.x + workArea.width, y: workArea.y });
  const isAbove = anchor.y + anchor.height / 2 < bounds.y + bounds.height / 2;
  return clampTo(workArea, size, {
    x: anchor.x + anchor.width / 2 - size.width / 2,
    y: isAbove ? anchor.y + anchor.height + GAP : anchor.y - size.height - GAP,
  });
}

function clampTo(workArea: Bounds, size: Size, { x, y }: Point): Point {
  return {
    x: clamp(x, workArea.x + GAP, workArea.x + workArea.width - size.width - GAP),
    y: clamp(y, workArea.y + GAP, workArea.y + workArea.height - size.height - GAP),
  };
}

/** Where there is no room at all, the near edge wins: a window's title and first line must be in reach. */
function clamp(value: number, least: number, most: number): number {
  return Math.round(Math.max(least, Math.min(value, most)));
}

/** Remembered bounds if enough of them is still on a screen to be caught with a pointer; a screen may have gone. */
export function boundsInReach(bounds: Bounds, areas: readonly Area[]): Bounds | undefined {
  const title = { ...bounds, height: 32 };
  return areas.some(({ workArea }) => overlap(title, workArea) >= 100 * 16) ? bounds : undefined;
}

function overlap(a: Bounds, b: Bounds): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}

export function contains(bounds: Bounds, { x, y }: Point): boolean {
  return x >= bounds.x && x < bounds.x + bounds.width && y >= bounds.y && y < bounds.y + bounds.height;
}

/**
 * Stands for the icon where the system doesn't tell where that is: the icon was clicked, or its menu, so the pointer
 * tells the column, and its half of the screen the edge with the panel.
 */
export function anchorAtPointer(pointer: Point, { bounds, workArea }: Area): Bounds {
  const isAbove = pointer.y < bounds.y + bounds.height / 2;
  return { x: pointer.x, y: isAbove ? workArea.y : workArea.y + workArea.height, width: 0, height: 0 };
}
