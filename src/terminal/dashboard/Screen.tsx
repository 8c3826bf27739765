import { Box, type Key, Text, useInput } from 'ink';
import { memo } from 'react';
import { isSameLine, joinSegments, type Line, type Tone } from './line.js';

export interface ScreenProps {
  readonly lines: readonly Line[];
  readonly hasColours: boolean;
  readonly hasKeys: boolean;
  readonly onKey: (input: string, key: Key) => void;
}

interface Style {
  readonly color?: string;
  readonly bold?: boolean;
  readonly dimColor?: boolean;
}

/** The terminal's own colours, so that its theme holds: one accent for what can be pressed, the others for state. */
const STYLES: Readonly<Record<Tone, Style>> = {
  plain: {},
  strong: { bold: true },
  dim: { dimColor: true },
  accent: { color: 'cyan', bold: true },
  good: { color: 'green' },
  bad: { color: 'red' },
  warning: { color: 'yellow' },
};

/** Puts a screen's lines into the terminal; what they say has been decided before. */
export function Screen({ lines, hasColours, hasKeys, onKey }: ScreenProps) {
  useInput(onKey, { isActive: hasKeys });
  return (
    <Box flexDirection="column">
      {lines.map((line, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
        <Row key={row} line={line} hasColours={hasColours} />
      ))}
    </Box>
  );
}

interface RowProps {
  readonly line: Line;
  readonly hasColours: boolean;
}

/** Most rows are the same in the next picture. */
const Row = memo(
  ({ line, hasColours }: RowProps) => (
    <Text wrap="truncate-end">
      {line.length === 0
        ? ' '
        : joinSegments(line).map(({ text, tone }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a segment is its place
            <Text key={place} {...styleOf(tone, hasColours)}>
              {text}
            </Text>
          ))}
    </Text>
  ),
  (before, after) => before.hasColours === after.hasColours && isSameLine(before.line, after.line),
);

function styleOf(tone: Tone, hasColours: boolean): Style {
  const style = STYLES[tone];
  return hasColours ? style : { ...style, color: undefined };
}
