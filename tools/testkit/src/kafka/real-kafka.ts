/** A real Kafka broker. */
export interface RealKafka {
  /** Comma-separated `host:port`, as `KAFKA_BROKERS` has it. */
  readonly brokers: string;
  /** The broker's Java process; undefined in a container and for a broker that `KAFKA_BROKERS` named. */
  readonly pid?: number;
  /** Ends the broker and removes its data. Does nothing to a broker that `KAFKA_BROKERS` named. */
  stop(): Promise<void>;
  /** Ends the broker as a crash would. Its data stays. Throws `kafka-not-ours` where `KAFKA_BROKERS` named it. */
  kill(): Promise<void>;
  /** Starts a killed broker again on the same port and data; one that runs is stopped first. */
  restart(): Promise<void>;
}
