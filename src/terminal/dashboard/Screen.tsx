import { Box, type Key, Text, useInput } from 'ink';
import type { Line, Tone } from './line.js';

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
        <Text key={row} wrap="truncate-end">
          {line.length === 0
            ? ' '
            : line.map(({ text, tone }, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: so is a segment
                <Text key={place} {...styleOf(tone, hasColours)}>
                  {text}
                </Text>
              ))}
        </Text>
      ))}
    </Box>
  );
}

function styleOf(tone: Tone, hasColours: boolean): Style {
  const style = STYLES[tone];
  return hasColours ? style : { ...style, color: undefined };
}
