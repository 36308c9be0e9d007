import type { RecordMetadata } from 'kafkajs';
import { BusError } from '../bus-error.ts';

/** kafkajs resolves a send even when the answer lacks a partition (tulios/kafkajs#1798), so the answer is looked at. */
export function checkAnswer(answer: readonly RecordMetadata[], topic: string, partition: number): void {
  const ours = answer.some((part) => part.topicName === topic && part.partition === partition && part.errorCode === 0);
  if (!ours) throw new BusError('bus-unavailable', `the broker's answer does not acknowledge ${topic}/${partition}`);
}
