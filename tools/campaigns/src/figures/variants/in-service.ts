// Node loads this before a service that is started as a variant.
import { register } from 'node:module';
import { VARIANT, type Variant } from './change-module.ts';

const variant = JSON.parse(process.env[VARIANT] ?? '') as Variant;
register(new URL('service-loader.js', import.meta.url), { data: variant });
