import { writeFile } from 'node:fs/promises';
import { capabilitiesDocument } from './capabilities-document.ts';

await writeFile(new URL('../../docs/capabilities.md', import.meta.url), capabilitiesDocument());
