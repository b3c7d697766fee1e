import type { Contact } from '../../cards/models.ts';
import { convenorOf, type Group } from '../../domain/group.ts';

/** Whom the reader asks. Nobody is told to ask themselves: then the name is empty. */
export function contactFor(group: Group, reader: string): Contact {
  const { name } = convenorOf(group);
  return { name: name === reader ? '' : name };
}
