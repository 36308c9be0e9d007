import { Link, type LinkProps } from 'react-router';

/** A link to another page of the console, whose heading gets the focus. */
export const PageLink = (props: Omit<LinkProps, 'state'>) => <Link state={{ from: 'link' }} {...props} />;
