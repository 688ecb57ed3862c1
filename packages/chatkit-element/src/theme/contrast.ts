/** Black or white, whichever reads better on `color`; undefined when the colour is not `#rgb`, `#rrggbb` or `rgb()`. */
export function readableOn(color: string): string | undefined {
  const channels = readChannels(color.trim());
  if (!channels) return undefined;
  const luminance = relativeLuminance(channels);
  const onWhite = 1.05 / (luminance + 0.05);
  const onBlack = (luminance + 0.05) / 0.05;
  return onWhite >= onBlack ? '#ffffff' : '#000000';
}

function readChannels(color: string): number[] | null {
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(color);
  if (short) return short.slice(1).map((digit) => Number.parseInt(digit + digit, 16));
  const long = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})/i.exec(color);
  if (long) return long.slice(1).map((pair) => Number.parseInt(pair, 16));
  const rgb = /^rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)/i.exec(color);
  return rgb ? rgb.slice(1).map(Number) : null;
}

/** WCAG 2.2, relative luminance of sRGB. */
function relativeLuminance(channels: number[]): number {
  const [red = 0, green = 0, blue = 0] = channels.map((channel) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
