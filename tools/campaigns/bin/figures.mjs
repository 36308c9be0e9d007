// `npm run figures -- NAME`: checks what is claimed of a part, by counting.
import { launch } from './launch.mjs';

await launch('figures');
