// The way to the host. Three exist: the preload bridge, HTTP (on loopback or over a network), and the tests' fake host.

/** Hears of events and of the connection. */
export interface TransportListener {
  readonly onEvent: (event: string, payload: unknown) => void;
  /** The stream of events broke off, or came back after it had. */
  readonly onConnection: (isUp: boolean) => void;
}

export interface Transport {
  /** Answers the envelope as it came, unparsed. Throws ConnectionLost when the host does not answer. */
  call(method: string, input: unknown): Promise<unknown>;
  /** Returns the function that ends the subscription. */
  subscribe(listener: TransportListener): () => void;
}
