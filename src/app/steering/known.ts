/** Which instrument can ask about which catalogue. */

import { catalogues, instruments } from '../../library/library.ts';

export function knows(instrument: string, catalogue: string): boolean {
  return instruments().some(({ key }) => key === instrument) && catalogues().some(({ key }) => key === catalogue);
}
