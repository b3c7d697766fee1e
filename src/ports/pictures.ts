/** An SVG as a PNG. Rejects when it cannot be drawn. */
export type DrawPicture = (svg: string) => Promise<Uint8Array>;
