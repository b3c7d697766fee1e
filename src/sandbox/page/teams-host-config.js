/**
 * How Teams draws Adaptive Cards, light theme: sizes and spacings as published for hosts, and colours that keep a
 * contrast of 4.5:1 on white and on the emphasis background.
 */

const text = (colour, subtle = colour) => ({ default: colour, subtle });
const foregroundColors = {
  default: text('#242424', '#4f4f4f'),
  dark: text('#242424', '#4f4f4f'),
  light: text('#ffffff', '#f0f0f0'),
  accent: text('#4549a3'),
  good: text('#0b6a0b'),
  warning: text('#7a4a00'),
  attention: text('#a4262c'),
};
const box = (backgroundColor, borderColor = '#e0e0e0') => ({ backgroundColor, borderColor, foregroundColors });

export const teamsHostConfig = {
  fontFamily: "'Segoe UI', system-ui, 'Apple Color Emoji', 'Segoe UI Emoji', sans-serif",
  supportsInteractivity: true,
  hostCapabilities: null,
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: '#d1d1d1' },
  imageSizes: { small: 32, medium: 52, large: 100 },
  fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
  lineHeights: { small: 16, default: 20, medium: 20, large: 24, extraLarge: 32 },
  containerStyles: {
    default: box('#ffffff'),
    emphasis: box('#f5f5f5'),
    accent: box('#ebebf9', '#4549a3'),
    good: box('#e7f2e7', '#0b6a0b'),
    warning: box('#fdf3e0', '#7a4a00'),
    attention: box('#fceeee', '#a4262c'),
  },
  actions: {
    maxActions: 6,
    spacing: 'default',
    buttonSpacing: 8,
    showCard: { actionMode: 'inline', inlineTopMargin: 16, style: 'emphasis' },
    preExpandSingleShowCardAction: false,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
  },
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: { weight: 'bolder', color: 'default', size: 'default', suffix: ' *', suffixColor: 'attention' },
      optionalInputs: { weight: 'bolder', color: 'default', size: 'default' },
    },
    errorMessage: { weight: 'default', color: 'attention', size: 'small', spacing: 'small' },
  },
  adaptiveCard: { allowCustomStyle: false },
  textBlock: { headingLevel: 3 },
  textStyles: {
    heading: { size: 'large', weight: 'bolder' },
    columnHeader: { size: 'default', weight: 'bolder' },
  },
  factSet: {
    title: { weight: 'bolder', wrap: true, maxWidth: 150 },
    value: { wrap: true },
    spacing: 12,
  },
  media: { allowInlinePlayback: false },
};
