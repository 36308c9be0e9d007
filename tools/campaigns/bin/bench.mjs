// `npm run bench -- NAME`: checks how fast a part is.
import { launch } from './launch.mjs';

await launch('bench');
