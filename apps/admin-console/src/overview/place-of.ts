/** A path of the whole site as a place within the console. */
export const placeOf = (path: string): string => path.replace(/^\/admin(?=\/|$)/u, '') || '/';
