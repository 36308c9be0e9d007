export { annotate, type Attributes } from './annotate.ts';
export { causesOf, type Cause } from './causes.ts';
export { inSpan, SpanKind, type SpanSettings } from './in-span.ts';
export { pastSpan, type PastSpan } from './past-span.ts';
export { TRACEPARENT, traceparent, traceparentIn } from './traceparent.ts';
